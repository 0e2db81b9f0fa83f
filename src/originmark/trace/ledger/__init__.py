"""The EPCIS repository: capture, query, transparency log."""
