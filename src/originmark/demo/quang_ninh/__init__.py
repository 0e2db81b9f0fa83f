"""Quang Ninh as a demonstration: producers, stars of earlier rounds, one round of a council."""
