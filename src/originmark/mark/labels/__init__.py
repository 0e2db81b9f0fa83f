"""Issue of serials, print files, activation."""
