"""What rulebook and office say together: the rulebook first, the round where it is silent."""

from decimal import Decimal

from originmark.mark.evaluation.models import Round
from originmark.mark.evaluation.rulebooks import scheme_of
from originmark.mark.evaluation.rules import Quorum


def quorum_of(round_: Round) -> Quorum:
    """Return the quorum of a round."""
    said = scheme_of(round_).council
    return Quorum(
        share=said.quorum_share if said.quorum_share is not None else round_.quorum_share,
        members_at_least=(
            said.members_at_least if said.members_at_least is not None else round_.members_at_least
        ),
    )


def spread_notice_of(round_: Round) -> Decimal | None:
    """Return from which distance of the sheets a notice is shown, if anybody said so."""
    said = scheme_of(round_).council.spread_notice_points
    return said if said is not None else round_.spread_notice_points
