"""How days, times and numbers are written, language by language."""
