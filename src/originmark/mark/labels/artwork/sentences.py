"""Findings as people read them, in their language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from originmark.mark.labels.artwork.content import FIELD_NAMES
from originmark.mark.labels.artwork.rules import WORDS, Finding


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words: what was found, what was expected, why, and what to do."""

    field: str
    name: str
    code: str
    severity: str
    found: str  # empty: nothing
    expected: str
    to_do: str
    legal_basis: str
    ruleset: str


def told(finding: Finding) -> Told:
    """Return a finding in words."""
    expected, to_do = (_(words) for words in WORDS[finding.code])
    return Told(
        field=finding.field,
        name=_(FIELD_NAMES[finding.field]),
        code=finding.code,
        severity=finding.severity,
        found=finding.found,
        expected=expected % dict(finding.facts),
        to_do=to_do,
        legal_basis=_(finding.legal_basis),
        ruleset=finding.ruleset,
    )
