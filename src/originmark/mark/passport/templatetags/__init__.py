"""What templates of the passport need."""
