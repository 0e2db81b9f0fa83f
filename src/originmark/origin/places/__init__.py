"""Administrative units, boundaries, growing areas, facilities."""
