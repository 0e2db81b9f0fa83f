"""Products, groups, specifications, stories, pictures, intellectual property."""
