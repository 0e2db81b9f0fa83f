"""Outbox, schedule, worker, progress of long work."""
