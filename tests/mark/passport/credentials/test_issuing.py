"""A lot's credentials: issued once, proved, revoked when what they stand on lapses."""

import json
import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from builders.certificates import a_certificate
from builders.labels import NOON, Labelled, a_labelled_lot
from django.conf import settings as django_settings
from django.utils.translation import override
from dppvalidator import ValidationEngine

from originmark.frame.web import clock
from originmark.mark.labels import selectors as labels
from originmark.mark.labels import services as label_services
from originmark.mark.licensing import services as licensing
from originmark.mark.passport.credentials import (
    attested,
    checking,
    issuing,
    keys,
    lapses,
    refusals,
    register,
)
from originmark.mark.passport.credentials.models import Credential, CredentialKey, StatusList
from originmark.origin.certificates import services as certificates
from originmark.origin.parties.access import NOBODY, SYSTEM, NotAllowed
from originmark.standards.credentials import jose
from originmark.standards.credentials.verification import Reason

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("ORIGINMARK_SHARED", ROOT.parent / "shared"))
SCHEMAS = {
    "passport": "dpp/DigitalProductPassport.json",
    "conformity": "dcc/ConformityCredential.json",
    "facility": "dfr/DigitalFacilityRecord.json",
    "history": "dte/DigitalTraceabilityEvent.json",
    "identity": "dia/DigitalIdentityAnchor.json",
}


@dataclass
class Star:
    """As the council's stars look to other rooms."""

    number: str
    organisation_id: int
    scheme_code: str
    scheme_version: int
    stars: int
    valid_from: date
    valid_until: date
    document_url: str = ""


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def pack() -> Labelled:
    """A lot with two labels, the first of them activated."""
    lot = a_labelled_lot()
    run = lot.issue(2)
    label_services.activate(run.number, first=0, last=0, by=SYSTEM, now=NOON)
    return lot


def said(row: Credential) -> dict[str, Any]:
    return jose.read(row.token).credential


def serial_of(pack: Labelled, index: int) -> str:
    return labels.serial_of(labels.runs_of_lot(pack.lot.code)[0], index)


def reason_of(row: Credential) -> Reason | None:
    return checking.check(row.token, now=NOON).reason


def test_all_that_a_lot_issues_verifies_and_validates(pack: Labelled) -> None:
    issuing.passport_of_lot(pack.lot.code, now=NOON)

    rows = list(Credential.objects.all())
    assert sorted(row.kind for row in rows) == [
        "conformity", "facility", "history", "identity", "passport",
    ]  # fmt: skip
    assert [reason_of(row) for row in rows] == [None] * 5
    folder = SHARED / "vectors" / "untp" / "schema" / "v0.7.0"
    if not folder.exists():
        pytest.skip(f"the published schemas are not at {folder} (set ORIGINMARK_SHARED)")
    for row in rows:
        schema = json.loads((folder / SCHEMAS[row.kind]).read_text())
        found = jsonschema_rs.validator_for(schema, validate_formats=True).iter_errors(said(row))
        assert [str(each) for each in found] == []


def test_the_passport_says_what_it_is_and_where_it_is_proved(pack: Labelled) -> None:
    row = issuing.passport_of_lot(pack.lot.code, now=NOON)
    subject = said(row)["credentialSubject"]

    assert ValidationEngine(schema_version="0.7.0").validate(said(row)).errors == []
    assert (subject["idGranularity"], subject["batchNumber"]) == ("batch", pack.lot.code)
    assert subject["materialProvenance"][0]["massFraction"] == 1.0
    (claim,) = subject["performanceClaim"]
    proof = Credential.objects.get(key=claim["evidence"][0]["linkURL"].rsplit("/", 1)[1])
    assert proof.about == f"licence:{pack.licence.number}"
    (told,) = [
        Credential.objects.get(key=link["linkURL"].rsplit("/", 1)[1])
        for link in subject["relatedDocument"]
        if link["linkName"] == "From field to shelf"
    ]
    events = said(told)["credentialSubject"]
    assert [event["type"][0] for event in events] == ["MakeEvent", "MakeEvent", "MakeEvent"]
    assert events[2]["outputProduct"][0]["quantity"] == {"value": 1000.0, "unit": "C62"}


def test_a_certificate_behind_the_lot_is_attested(pack: Labelled) -> None:
    paper = a_certificate(holder=pack.organisation, scope_kind="organisation", is_public=True)

    subject = said(issuing.passport_of_lot(pack.lot.code, now=NOON))["credentialSubject"]

    assert len(subject["performanceClaim"]) == 2
    dcc = said(register.newest(f"certificate:{paper.pk}"))["credentialSubject"]
    assert dcc["issuedToParty"]["name"] == pack.organisation.name
    assert dcc["conformityCertificate"]["linkURL"].endswith(f"/certificates/paper/{paper.pk}/")


def test_the_same_is_issued_once_in_any_language(pack: Labelled) -> None:
    first = issuing.passport_of_lot(pack.lot.code, now=NOON)
    with override("vi"):
        again = issuing.passport_of_lot(pack.lot.code, now=NOON + timedelta(days=30))

    assert again == first
    assert Credential.objects.count() == 5


def test_a_pack_has_a_passport_of_its_own(pack: Labelled) -> None:
    subject = said(issuing.passport_of_pack(serial_of(pack, 0), now=NOON))["credentialSubject"]

    assert (subject["idGranularity"], subject["itemNumber"]) == ("item", serial_of(pack, 0))


@pytest.mark.parametrize("code", ["made up", "the second, not activated"])
def test_no_passport_for_a_pack_that_is_not_genuine(pack: Labelled, code: str) -> None:
    serial = "A" * 20 if code == "made up" else serial_of(pack, 1)

    with pytest.raises(refusals.NoPassport):
        issuing.passport_of_pack(serial, now=NOON)
    assert Credential.objects.exists() is False


def test_a_suspended_licence_revokes_at_once_what_stands_on_it(pack: Labelled) -> None:
    before = issuing.passport_of_lot(pack.lot.code, now=NOON)
    right = register.newest(f"licence:{pack.licence.number}")

    licensing.suspend_licence(pack.licence.number, reason="Found mixed", by=SYSTEM, now=NOON)

    assert (reason_of(before), reason_of(right)) == (Reason.REVOKED, Reason.REVOKED)
    assert register.by_key(before.key, before.pk).reason == "Found mixed"
    after = issuing.passport_of_lot(pack.lot.code, now=NOON)
    assert reason_of(after) is None
    assert "performanceClaim" not in said(after)["credentialSubject"]


def test_a_revoked_certificate_revokes_at_once(pack: Labelled) -> None:
    paper = a_certificate(holder=pack.organisation, scope_kind="organisation", is_public=True)
    before = issuing.passport_of_lot(pack.lot.code, now=NOON)

    certificates.revoke_certificate(
        paper.pk, on=NOON.date(), reason="Withdrawn by its issuer", by=SYSTEM
    )

    assert reason_of(before) is Reason.REVOKED


def test_the_watch_finds_what_ran_out_or_was_withdrawn(pack: Labelled) -> None:
    lot = issuing.passport_of_lot(pack.lot.code, now=NOON)
    item = issuing.passport_of_pack(serial_of(pack, 0), now=NOON)
    assert lapses.watch(now=NOON) == 0
    run = labels.runs_of_lot(pack.lot.code)[0]
    label_services.withdraw(run.number, first=0, last=0, reason="Recalled", by=SYSTEM, now=NOON)

    assert (reason_of(item), reason_of(lot)) == (Reason.REVOKED, None)  # at once
    assert lapses.watch(now=NOON) == 0
    later = NOON.replace(year=NOON.year + 9)
    assert lapses.watch(now=later) == 2  # the licence, and the passport of the lot
    assert lapses.watch(now=later) == 0


def test_only_the_labels_that_were_spoiled_lose_their_passports(pack: Labelled) -> None:
    run = labels.runs_of_lot(pack.lot.code)[0]
    label_services.activate(run.number, first=1, last=1, by=SYSTEM, now=NOON)
    first, second = (issuing.passport_of_pack(serial_of(pack, n), now=NOON) for n in (0, 1))
    label_services.spoil(run.number, first=1, last=1, reason="Torn", by=SYSTEM, now=NOON)

    assert (reason_of(first), reason_of(second)) == (None, Reason.REVOKED)


def test_only_an_officer_revokes_and_says_why(pack: Labelled) -> None:
    row = issuing.passport_of_lot(pack.lot.code, now=NOON)

    with pytest.raises(NotAllowed):
        register.revoke(row.about, reason="No", by=NOBODY, now=NOON)
    with pytest.raises(refusals.ReasonMissing):
        register.revoke(row.about, reason=" ", by=SYSTEM, now=NOON)
    assert reason_of(row) is None

    register.revoke(row.about, reason="Wrong lot", by=SYSTEM, now=NOON)
    assert reason_of(row) is Reason.REVOKED
    with pytest.raises(refusals.AlreadyRevoked):
        register.revoke(row.about, reason="Again", by=SYSTEM, now=NOON)


def test_a_status_list_is_signed_anew_when_it_changed_or_grew_old(pack: Labelled) -> None:
    row = issuing.passport_of_lot(pack.lot.code, now=NOON)
    number = StatusList.objects.get().pk
    first = register.status_token(number, now=NOON)

    assert register.status_token(number, now=NOON + timedelta(hours=11)) == first
    older = register.status_token(number, now=NOON + timedelta(hours=12))
    assert older != first
    register.lapse([row.about], reason="Recalled", now=NOON)
    assert register.status_token(number, now=NOON + timedelta(hours=13)) != older


def test_what_an_earlier_key_signed_verifies_until_it_is_withdrawn(
    pack: Labelled, settings: Any
) -> None:
    settings.SECRET_KEEPER = "builders.credentials.keep"
    old = issuing.passport_of_lot(pack.lot.code, now=NOON)
    settings.CREDENTIAL_KEY = f"{'ab' * 32},{django_settings.CREDENTIAL_KEY}"
    fresh = keys.signing(now=NOON)

    assert jose.read(old.token).key_id != fresh.id
    assert reason_of(old) is None
    rotation = keys.withdraw(jose.read(old.token).key_id.partition("#")[2], now=NOON)
    assert rotation.to_set == "ab" * 32
    assert reason_of(old) is Reason.UNKNOWN_KEY
    assert CredentialKey.objects.exclude(withdrawn_at=None).count() == 1


def test_a_star_is_attested_with_its_score(pack: Labelled) -> None:
    star = Star("9", pack.organisation.pk, "ocop", 3, 4, NOON.date(), date(2026, 11, 14))

    row = register.issue(attested.draft(attested.of_star(star), now=NOON), now=NOON)

    assert said(row)["credentialSubject"]["profileScore"]["rank"] == 4
    assert said(row)["validUntil"] == "2026-11-14T15:59:59Z"


def test_a_passport_costs_the_same_number_of_queries_however_many_were_issued(
    pack: Labelled, django_assert_max_num_queries: Any
) -> None:
    issuing.passport_of_lot(pack.lot.code, now=NOON)

    with django_assert_max_num_queries(50):
        issuing.passport_of_pack(serial_of(pack, 0), now=NOON)
