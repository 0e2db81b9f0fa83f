"""Originmark: the open system for regional public brands."""
