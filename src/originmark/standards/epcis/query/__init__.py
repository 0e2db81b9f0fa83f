"""The query language of EPCIS 2.0: parameters read, and what they mean for one event."""

from originmark.standards.epcis.query.invalid import QueryInvalid
from originmark.standards.epcis.query.model import Order, Query
from originmark.standards.epcis.query.reading import parse_json, parse_parameters
from originmark.standards.epcis.query.subject import Facts

__all__ = ["Facts", "Order", "Query", "QueryInvalid", "parse_json", "parse_parameters"]
