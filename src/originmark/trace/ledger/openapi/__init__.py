"""The description of ``/epcis`` as an OpenAPI 3.1 document."""

from originmark.trace.ledger.openapi.document import description

__all__ = ["description"]
