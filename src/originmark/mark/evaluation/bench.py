"""Who may judge a dossier, whose sheets are in, and what they come to."""

from dataclasses import dataclass

from django.db.models import QuerySet

from originmark.mark.evaluation import rules
from originmark.mark.evaluation.models import (
    Attendance,
    CouncilMember,
    Dossier,
    KnockOutVote,
    Session,
    Sheet,
)
from originmark.mark.evaluation.quorums import spread_notice_of
from originmark.mark.evaluation.rulebooks import set_of
from originmark.mark.evaluation.seats import seated, ties


@dataclass(frozen=True, slots=True)
class Place:
    """A member before one dossier: present, tied, and the sheet of this round of scoring."""

    member: CouncilMember
    is_present: bool
    tie: str | None
    sheet: Sheet | None

    @property
    def may_decide(self) -> bool:
        """Return whether the member counts: present and tied to nobody."""
        return self.is_present and self.tie is None

    @property
    def counts(self) -> bool:
        """Return whether the member's sheet counts."""
        return self.may_decide and self.sheet is not None and self.sheet.handed_in_at is not None


@dataclass(frozen=True, slots=True)
class Bench:
    """The council before one dossier."""

    dossier: Dossier
    session: Session | None
    places: tuple[Place, ...]

    @property
    def deciding(self) -> tuple[Place, ...]:
        """Return the members who are present and may decide."""
        return tuple(each for each in self.places if each.may_decide)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return who is present, may decide and has not handed in a sheet."""
        return tuple(each.member.person.name for each in self.deciding if not each.counts)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Return the sheets that count."""
        return tuple(each.sheet for each in self.places if each.counts and each.sheet is not None)

    def tally(self) -> rules.Tally:
        """Return what the sheets that count come to."""
        round_ = self.dossier.round
        found = [
            rules.SheetIn(
                member=sheet.member.person.name,
                chosen=answers_on(sheet),
            )
            for sheet in self.sheets
        ]
        notice = spread_notice_of(round_) if round_ is not None else None
        return rules.tally(set_of(self.dossier), found, notice)

    def marked(self) -> list[tuple[str, str, str]]:
        """Return the knock-outs on the sheets that count: criterion, member, reason."""
        return [
            (each.criterion, sheet.member.person.name, each.reason)
            for sheet in self.sheets
            for each in sheet.knock_outs.all()
        ]

    def votes(self) -> dict[str, bool]:
        """Return how the council voted on knock-outs in this session, by criterion."""
        rows = KnockOutVote.objects.filter(dossier=self.dossier, session=self.session)
        return dict(rows.values_list("criterion", "is_upheld"))


def answers_on(sheet: Sheet) -> dict[str, int]:
    """Return the answers of a sheet by criterion; no query where its scores are prefetched."""
    return {score.criterion: score.option for score in sheet.scores.all() if score.option}


def bench_of(dossier: Dossier) -> Bench:
    """Return the council before a dossier, with what stands on the sheets.

    Eight queries, whatever the number of members.
    """
    sheets = Sheet.objects.select_related("member__person")
    return _bench(dossier, sheets.prefetch_related("scores", "knock_outs"))


def presence_at(dossier: Dossier) -> Bench:
    """Return the council before a dossier, to see whose sheet is in. Six queries."""
    return _bench(dossier, Sheet.objects.all())


def _bench(dossier: Dossier, sheets: QuerySet[Sheet]) -> Bench:
    session = current_session(dossier)
    members = seated(dossier.round_id) if dossier.round_id is not None else []
    present = set(
        Attendance.objects.filter(session=session, is_present=True).values_list(
            "member_id", flat=True
        )
    )
    tied = ties(members, dossier.organisation_id)
    by_member = {
        sheet.member_id: sheet for sheet in sheets.filter(dossier=dossier, turn=dossier.turn)
    }
    places = tuple(
        Place(each, each.pk in present, tied.get(each.pk), by_member.get(each.pk))
        for each in members
    )
    return Bench(dossier, session, places)


def current_session(dossier: Dossier) -> Session | None:
    """Return the session on whose agenda a dossier is or was last. One query."""
    rows = Session.objects.filter(agenda__dossier=dossier).select_related("round")
    return rows.order_by("-held_on", "-number").first()
