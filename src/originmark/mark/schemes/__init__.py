"""Brands, rights, rulebooks as versioned data."""
