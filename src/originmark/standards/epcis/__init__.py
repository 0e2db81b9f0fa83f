"""EPCIS 2.0 and CBV 2.0: events, JSON codec, validation, fingerprint, event hash."""

from originmark.standards.epcis.event_hash import event_hashes

__all__ = ["event_hashes"]
