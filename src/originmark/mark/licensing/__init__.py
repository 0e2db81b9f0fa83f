"""Who may use which mark."""
