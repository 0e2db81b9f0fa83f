"""Parsing XML that comes from outside: no entities, no network, no surprises."""

from typing import Any, Final
from xml.parsers import expat

from lxml import etree

from originmark.standards.epcis.documents import DocumentInvalid
from originmark.standards.epcis.problems import Problem

LARGEST_BYTES: Final = 256 * 2**20
"""What is larger is read as a stream (``xml_stream.iter_events``)."""
DEEPEST: Final = 50
"""Levels of elements inside an extension; each may become two levels of JSON."""
SAFE: Final = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
}


def parse(data: bytes) -> Any:
    """Return the root element of an XML document.

    Raises DocumentInvalid for what is no XML, is too large or nested beyond libxml2's limits, and
    for a DOCTYPE that declares or fetches anything. A bare ``<!DOCTYPE name>``, which examples of
    the standard carry, says nothing and is passed over.
    """
    if len(data) > LARGEST_BYTES:
        raise refused(
            f"found {len(data)} bytes, expected at most {LARGEST_BYTES}; send it in parts"
        )
    refuse_declarations(data)
    try:
        root = etree.fromstring(data, etree.XMLParser(**SAFE))
    except etree.XMLSyntaxError as reason:
        raise no_xml(reason) from reason
    return refuse_what_is_declared(root)


class _FirstElement(Exception):
    """The prolog is over."""


def refuse_declarations(start: bytes) -> bool:
    """Raise DocumentInvalid where the prolog has a document type that declares or fetches.

    Expat stops at the first element, so nothing that is declared is ever put to use. What it
    cannot read is left to the parser that comes next. Returns whether the prolog is over; where
    it is not, ``start`` was too short to tell.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _doctype
    parser.StartElementHandler = _first_element
    try:
        parser.Parse(start, False)  # noqa: FBT003 (the parameter has no name)
    except DocumentInvalid:
        raise
    except (expat.ExpatError, _FirstElement, LookupError, ValueError):
        return True
    return False


def _first_element(*_: object) -> None:
    raise _FirstElement


def _doctype(_name: str, system: str | None, public: str | None, subset: int) -> None:
    if system or public or subset:
        raise _declares()


def refuse_what_is_declared(root: Any) -> Any:
    """Return the root; raise DocumentInvalid where its document has entities or another file.

    The second look, for encodings that expat does not know.
    """
    about = root.getroottree().docinfo
    subset = about.internalDTD
    if about.system_url or about.public_id or (subset is not None and subset.entities()):
        raise _declares()
    return root


def _declares() -> DocumentInvalid:
    return refused(
        "found a document type with declarations or an address, expected none: "
        "entities and external files are not read"
    )


def no_xml(reason: Any) -> DocumentInvalid:
    """Return the refusal for what the parser could not read."""
    line = reason.lineno or 1
    return refused(f"this is no XML that can be read: {reason.msg}", f"/line:{line}")


def refused(reason: str, pointer: str = "/line:1") -> DocumentInvalid:
    """Return a refusal with one problem."""
    return DocumentInvalid([Problem(pointer, reason)])
