"""Applications for a geographical indication for tests: name only what matters."""

from datetime import date, timedelta
from typing import Any

from builders.parties import an_organisation
from builders.schemes import NOON

from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes import services as schemes
from originmark.mark.schemes import shipped
from originmark.mark.schemes.models import GiApplication, Rulebook
from originmark.mark.schemes.services import gi as services
from originmark.mark.schemes.services import gi_moves as moves
from originmark.mark.schemes.services import gi_oppositions as oppositions
from originmark.mark.schemes.services import gi_proofs as proofs
from originmark.origin.parties import access
from originmark.origin.parties.models import Organisation

HOW: dict[str, Any] = {"by": access.SYSTEM, "now": NOON}
UNTIL = date(2026, 12, 15)
LATER = NOON + timedelta(days=90)
WORDS = dict.fromkeys(selectors.PARTS, "Made up for tests")
LINK = services.GiLinkDraft(
    "Small golden grain", "natural", "Loess soil", "test", "Report 7 of 2025"
)
FOUND = moves.Registration("CNIPA", "CNIPA GI", "GI-9", date(2027, 1, 5))
AGAINST = oppositions.OppositionDraft("Li", "li@example.org", "The name is generic")
SOURCE = {"kind": "source", "says": "Old books name it", "source": "Chronicle of 1882, p. 4"}


def a_procedure(*changes: tuple[str, str]) -> Rulebook:
    """The general frame, loaded once; or with words of it changed, as a procedure of its own."""
    text = (shipped.FOLDER / "gi-general.toml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return schemes.load_rulebook(text, **HOW)


def a_law() -> Rulebook:
    """A procedure with terms and grounds, for China only."""
    term = '\namount = {}\nunit = "days"\nterm_source = "Made up for tests, § {}"\n'
    ground = '[[ground]]\ncode = "generic"\nname = "A common word"\nsource = "§ 9"\n'
    return a_procedure(
        ('code = "gi-general"', 'code = "a-law"'),
        ("[[stage]]", 'countries = ["CN"]\n\n[[stage]]'),
        ('role = "examination"', 'role = "examination"' + term.format(30, 6)),
        ('role = "opposition"', 'role = "opposition"' + term.format(60, 7)),
        ("[[to_fill_in]]", ground + 'confidence = "unverified"\n\n[[to_fill_in]]'),
    )


def a_gi(holder: Organisation | None = None, **more: Any) -> GiApplication:
    """A draft with every part, one link, and evidence for every property."""
    a_procedure()
    facts = {"name": "Yangqu millet", "product": "Millet", "kind": "gi", "country": "CN"}
    draft = services.GiDraft(**(facts | WORDS | more))
    row = services.begin_gi(draft, organisation_id=(holder or an_organisation()).pk, **HOW)
    services.add_link(row.number, LINK, by=access.SYSTEM)
    for each in selectors.procedure_of(row).properties:
        proofs.add_evidence(row.number, proofs.EvidenceDraft(each.code, **SOURCE), **HOW)
    return row


def a_submitted_gi(holder: Organisation | None = None) -> GiApplication:
    """An application that the office has and nobody has judged."""
    return moves.submit_gi(a_gi(holder).number, **HOW)


def judge_all(row: GiApplication, verdict: str = "shown") -> None:
    """Judge every property alike."""
    for each in selectors.procedure_of(row).properties:
        proofs.judge_property(row.number, each.code, verdict=verdict, reason="As filed", **HOW)


def an_examined_gi(holder: Organisation | None = None) -> GiApplication:
    """An application that was judged and can be published."""
    row = a_submitted_gi(holder)
    judge_all(row)
    moves.advance_gi(row.number, **HOW)
    return moves.advance_gi(row.number, **HOW)


def a_published_gi(holder: Organisation | None = None) -> GiApplication:
    """An application that everybody may oppose, until 15 December 2026 in the general frame."""
    row = an_examined_gi(holder)
    stage = selectors.next_stage(row)
    until = None if stage and stage.term else UNTIL
    return moves.publish_gi(row.number, until=until, **HOW)


def a_granted_gi(holder: Organisation | None = None) -> GiApplication:
    """A name that the office granted and no register has yet."""
    number = a_published_gi(holder).number
    return moves.grant_gi(number, note="All holds", by=access.SYSTEM, now=LATER)
