"""The tables of stars, and how a star is told in a cell."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge
from originmark.mark.evaluation import stars_rules as rules
from originmark.mark.evaluation.models.stars import Star

STATES: Final = {
    rules.IN_FORCE: (_("in force"), "ok"),
    rules.IN_RE_EVALUATION: (_("in re-evaluation"), "warn"),
    rules.EXPIRED: (_("expired"), "plain"),
    rules.REVOKED: (_("revoked"), "bad"),
    rules.SUPERSEDED: (_("superseded"), "plain"),
}


def state_badge(row: Star) -> Badge:
    """Return the state that ``with_state`` annotated as a badge."""
    return Badge(*STATES[row.state])  # type: ignore[attr-defined]
