"""Named queries, and who is told of their events."""
