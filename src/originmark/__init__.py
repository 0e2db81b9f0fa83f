"""Originmark: the open system for regional public brands."""

__version__ = "0.1.0"
