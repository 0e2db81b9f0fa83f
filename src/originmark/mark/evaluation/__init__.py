"""Dossiers, councils, scores and decisions of a star scheme."""
