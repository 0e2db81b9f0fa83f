"""What a user agrees to, the authorisation as PDF, and the end of a use."""

from datetime import date

import pypdfium2
import pytest
from builders.applications import a_ruled_brand
from builders.licensing import NOON, a_licence
from builders.parties import a_client_for, a_member, a_programme_office, an_actor, an_organisation
from django.test import Client, override_settings
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.licensing import agreement_refusals as refusals
from originmark.mark.licensing import rules, selectors, services
from originmark.mark.licensing.authorisations import authorisation, sign_code
from originmark.mark.licensing.models import AgreementAcceptance, Licence, LicenceExit
from originmark.origin.parties.access import SYSTEM, NotAllowed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)
HOW = {"by": SYSTEM, "now": NOON}
CODE = "91110000600037341L"


@pytest.fixture
def licence() -> Licence:
    """A licence of a Chinese user whose rules ask for the credit code."""
    user = an_organisation(
        name="和顺合作社", registration_scheme="cn_uscc", registration_number=CODE
    )
    return a_licence(user, a_ruled_brand(conditions=("credit-code",)), number="L-1")


def text_of(made: bytes) -> str:
    pages = pypdfium2.PdfDocument(made)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def test_the_newest_version_is_accepted_once_by_a_manager(licence: Licence) -> None:
    manager = an_actor(licence.organisation, "manager")
    services.write_agreement("yangqu", "Use it well.", **HOW)
    first = services.accept_agreement("L-1", version=1, by=manager, now=NOON)
    assert services.accept_agreement("L-1", version=1, by=manager, now=NOON) == first

    services.write_agreement("yangqu", "Use it better.", **HOW)
    with pytest.raises(refusals.AgreementChanged) as refused:
        services.accept_agreement("L-1", version=1, by=manager, now=NOON)
    assert refused.value.facts == {"read": 1, "newest": 2}
    accepted = selectors.acceptance(licence)
    assert accepted is not None
    assert (accepted.agreement.version, accepted.accepted_by) == (1, manager.name)


def test_an_agreement_says_something_new_or_is_refused(licence: Licence) -> None:
    with pytest.raises(refusals.NoAgreement):
        services.accept_agreement("L-1", version=1, **HOW)
    services.write_agreement("yangqu", "Use it well.", **HOW)
    for text in (" ", " Use it well. "):
        with pytest.raises(refusals.AgreementWithoutText):
            services.write_agreement("yangqu", text, **HOW)
    assert selectors.newest_agreement(licence.brand_id).version == 1  # type: ignore[union-attr]


def test_the_authorisation_names_the_code_at_the_sign_and_the_agreement(licence: Licence) -> None:
    services.write_agreement("yangqu", "Use it well.\n\nReport on time.", **HOW)
    services.accept_agreement("L-1", version=1, **HOW)

    told = text_of(authorisation(licence, on=TODAY, made_at=NOON))

    for part in ("L-1", "和顺合作社", CODE, "Use it well.", "Report on time.", "valid"):
        assert part in told
    same = authorisation(licence, on=TODAY, made_at=NOON)
    assert same == authorisation(licence, on=TODAY, made_at=NOON)


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_only_a_demonstration_says_so_on_the_paper(
    licence: Licence, *, is_demonstration: bool
) -> None:
    with override_settings(IS_DEMONSTRATION=is_demonstration):
        told = text_of(authorisation(licence, on=TODAY, made_at=NOON))

    assert ("DEMONSTRATION" in told) == is_demonstration


def test_no_code_stands_there_where_the_rules_do_not_ask() -> None:
    user = an_organisation(registration_scheme="cn_uscc", registration_number=CODE)
    assert sign_code(a_licence(user, a_ruled_brand()), TODAY) == ""


def test_a_user_leaves_with_a_last_day_and_its_labels_are_settled(licence: Licence) -> None:
    recorder = an_actor(licence.organisation, "recorder")
    ending = services.announce_exit(
        "L-1", last_use_on=date(2026, 10, 31), reason="Retires", by=recorder, now=NOON
    )
    assert ending.sell_off_until is None

    def state(on: date) -> str:
        return selectors.licence_state(licence.organisation_id, "yangqu", "millet", on).state

    assert (state(date(2026, 10, 31)), state(date(2026, 11, 1))) == ("valid", "ended")

    with pytest.raises(refusals.NotALabelCount):
        services.settle_exit("L-1", labels_returned=-1, labels_destroyed=0, **HOW)
    settled = services.settle_exit("L-1", labels_returned=40, labels_destroyed=2, **HOW)
    assert (settled.labels_returned, settled.labels_destroyed) == (40, 2)
    with pytest.raises(refusals.NoExit):
        services.settle_exit("L-1", labels_returned=0, labels_destroyed=0, **HOW)
    with pytest.raises(rules.WrongLicenceState):
        services.announce_exit("L-1", last_use_on=TODAY, reason="Again", **HOW)


@pytest.mark.parametrize("day", [date(2026, 10, 14), date(2028, 1, 1)])
def test_a_last_day_outside_the_term_is_refused(licence: Licence, day: date) -> None:
    with pytest.raises(refusals.ExitOutsideTerm):
        services.announce_exit("L-1", last_use_on=day, reason="x", **HOW)
    with pytest.raises(rules.ReasonMissing):
        services.announce_exit("L-1", last_use_on=TODAY, reason=" ", **HOW)
    assert not LicenceExit.objects.exists()
    licence.refresh_from_db()
    assert licence.ended_on is None


def test_who_may_agree_leave_and_settle(licence: Licence) -> None:
    services.write_agreement("yangqu", "Use it well.", **HOW)
    recorder, stranger = an_actor(licence.organisation), an_actor(an_organisation(), "manager")
    for actor in (recorder, stranger):
        with pytest.raises(NotAllowed):
            services.accept_agreement("L-1", version=1, by=actor, now=NOON)
        with pytest.raises(NotAllowed):
            services.write_agreement("yangqu", "Mine", by=actor, now=NOON)
        with pytest.raises(NotAllowed):
            services.settle_exit("L-1", labels_returned=0, labels_destroyed=0, by=actor, now=NOON)
    with pytest.raises(NotAllowed):
        services.announce_exit("L-1", last_use_on=TODAY, reason="x", by=stranger, now=NOON)
    assert not AgreementAcceptance.objects.exists()


def test_the_pages_from_agreement_to_exit(
    licence: Licence, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    officer = a_client_for(a_member(a_programme_office(), "recorder").person)
    manager = a_client_for(a_member(licence.organisation, "manager").person)

    def address(name: str, *args: str) -> str:
        return reverse(f"licensing:{name}", args=args or ["L-1"])

    def page(who: Client) -> str:
        return who.get(address("licence")).content.decode()

    text = {"text": "Use it well."}
    assert officer.post(address("agreement_write", "yangqu"), text).status_code == 302
    assert manager.get(address("agreement_write", "yangqu")).status_code == 403
    assert "Version 1 is not accepted yet" in page(manager)
    assert "Use it well." in manager.get(address("agreement_accept")).content.decode()
    assert manager.post(address("agreement_accept"), {"version": "7"}).status_code == 422
    assert manager.post(address("agreement_accept"), {"version": "1"}).status_code == 302
    assert "Version 1 was accepted" in page(officer)
    assert officer.post(address("agreement_accept"), {"version": "1"}).status_code == 403

    paper = manager.get(address("licence_pdf"))
    assert paper["Content-Type"] == "application/pdf"
    assert client.get(address("licence_pdf")).status_code == 302
    stranger = a_client_for(a_member(an_organisation()).person)
    for name in ("licence_pdf", "agreement_accept", "exit_announce", "exit_settle"):
        assert stranger.get(address(name)).status_code == 404

    leaving = {"last_use_on": "2026-10-31", "reason": "Retires"}
    assert manager.post(address("exit_announce"), leaving).status_code == 302
    assert "not settled yet" in page(manager)
    assert manager.get(address("exit_settle")).status_code == 403
    left = {"labels_returned": "40", "labels_destroyed": "2", "note": ""}
    assert officer.post(address("exit_settle"), left).status_code == 302
    assert "40 returned, 2 destroyed" in page(manager)
