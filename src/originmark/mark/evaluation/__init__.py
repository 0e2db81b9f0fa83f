"""Dossiers, councils, scores and stars: from the idea to the revocation."""
