"""Credentials: what the passport says, signed, for whoever wants to check it without asking."""
