"""Lots, field book, shop floor, genealogy, mass balance."""
