"""EPCIS 2.0 and CBV 2.0: events, JSON codec, validation, fingerprint."""
