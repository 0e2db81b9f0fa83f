"""The fast door for scans: Django answers one pack, and its page serves the packs like it."""

from originmark.mark.passport.door.entrance import Door, Question
from originmark.mark.passport.door.molds import Page

__all__ = ["Door", "Page", "Question"]
