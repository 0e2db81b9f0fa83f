"""Pages about the use of a mark."""
