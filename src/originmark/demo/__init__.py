"""A region to look at, built only through the rooms' front doors."""
