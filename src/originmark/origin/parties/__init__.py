"""Organisations, people, roles, sign-in, API keys; access to rows."""
