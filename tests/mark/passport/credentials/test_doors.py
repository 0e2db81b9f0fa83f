"""The public doors of credentials, as others use them."""

import json
from typing import Any

import pytest
from builders.credentials import a_credential, a_document, a_key, a_list
from builders.labels import NOON, Labelled, a_labelled_lot
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from originmark.frame.web import clock
from originmark.mark.labels import selectors as labels
from originmark.mark.labels import services as label_services
from originmark.mark.passport.credentials import issuing, register
from originmark.mark.passport.credentials.models import Credential
from originmark.origin.parties.access import SYSTEM
from originmark.standards.credentials import did_web, jose
from originmark.standards.credentials.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def pack() -> Labelled:
    lot = a_labelled_lot()
    run = lot.issue(2)
    label_services.activate(run.number, first=0, last=0, by=SYSTEM, now=NOON)
    return lot


def fetched(url: str, **headers: str) -> Any:
    answer = Client(headers=headers).get(url.removeprefix("http://localhost:8000"))
    assert answer.status_code == 200
    return answer


def test_a_verifier_of_others_needs_only_what_is_published(pack: Labelled) -> None:
    token = fetched(f"/credentials/lots/{pack.lot.code}", accept=jose.MEDIA_TYPE).content.decode()
    document = did_web.read_document(fetched("/.well-known/did.json").json())
    url = jose.read(token).credential["credentialStatus"]["statusListCredential"]
    published = fetched(url)

    assert document.id == "did:web:localhost%3A8000"
    assert published.headers["Content-Type"] == jose.MEDIA_TYPE
    assert published.headers["Access-Control-Allow-Origin"] == "*"
    lists = {url: published.content.decode()}
    assert verify(token, issuers=[document], status_lists=lists, now=NOON).is_valid


def test_the_code_on_the_pack_answers_a_program_with_its_credential(pack: Labelled) -> None:
    serial = labels.serial_of(labels.runs_of_lot(pack.lot.code)[0], 0)
    found = labels.verify(serial)
    assert found is not None

    answer = fetched(found.url, accept=jose.MEDIA_TYPE)

    subject = jose.read(answer.content.decode()).credential["credentialSubject"]
    assert (subject["id"], subject["itemNumber"]) == (found.url, serial)


def test_the_evidence_of_a_claim_is_found_under_its_address(pack: Labelled) -> None:
    passport = json.loads(fetched(f"/credentials/lots/{pack.lot.code}?format=json").content)
    (claim,) = passport["credentialSubject"]["performanceClaim"]

    proof = fetched(claim["evidence"][0]["linkURL"], accept="application/vc")
    again = fetched(passport["id"], accept="application/ld+json")

    assert json.loads(proof.content)["type"][0] == "DigitalConformityCredential"
    assert json.loads(again.content) == passport


def test_a_person_gets_a_page_that_verifies(pack: Labelled) -> None:
    answer = Client().get(f"/credentials/lots/{pack.lot.code}", follow=True)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Valid: it was issued by whom it says, and counts today." in page
    assert "not a byte changed" in page
    facts = page.split("What it says</h2>")[1].split("</dl>", maxsplit=1)[0]
    assert facts.count("<time datetime=") == 2  # as people write days, not as the credential does


def test_a_revoked_one_says_so_first(pack: Labelled) -> None:
    row = issuing.passport_of_lot(pack.lot.code, now=NOON)
    register.lapse([row.about], reason="Recalled for mould", now=NOON)

    page = fetched(f"/credentials/{row.key}", accept="text/html").content.decode()

    assert "It was revoked by its issuer." in page
    assert "Recalled for mould" in page


@pytest.mark.parametrize(
    "path",
    [
        "/credentials/lots/NO-SUCH",
        "/credentials/packs/ABCDEFGHJKMNPQRSTVWX",
        "/credentials/0123456789abcdef0123",
        "/credentials/status/99",
    ],
)
def test_what_is_not_there_is_not_found_and_writes_nothing(path: str) -> None:
    assert Client().get(path).status_code == 404
    assert Credential.objects.exists() is False


def posted(credential: str = "", **files: str) -> tuple[int, str]:
    uploads = {name: SimpleUploadedFile(name, text.encode()) for name, text in files.items()}
    answer = Client().post("/credentials/verify/", {"credential": credential, **uploads})
    return answer.status_code, answer.content.decode()


def test_anybody_may_have_a_credential_of_others_verified() -> None:
    token = jose.sign(a_credential(), a_key())
    document = json.dumps(did_web.document(a_key().issuer, [a_key().public]))
    (listed,) = a_list().values()
    (revoked,) = a_list(5).values()

    assert "Nobody here knows the keys of its issuer." in posted(token)[1]
    assert "Nobody here knows whether it was revoked." in posted(token, document=document)[1]
    good = posted("", file=token, document=document, status_list=listed)
    assert good[0] == 200
    assert "Valid: it was issued by whom it says" in good[1]
    bad = posted(token, document=document, status_list=revoked)
    assert "It was revoked by its issuer." in bad[1]
    assert a_document().id in good[1]


def test_a_forged_one_is_never_shown_as_if_it_were_true() -> None:
    token = jose.sign(a_credential(name="Millet of the emperor"), a_key(2))
    document = json.dumps(did_web.document(a_key().issuer, [a_key().public]))

    page = posted(token, document=document)[1]

    assert "Its issuer has no such key." in page
    assert "What it claims, which nobody has proved" in page
    assert "What it says</h2>" not in page


def test_a_form_without_a_credential_is_told_what_is_missing() -> None:
    status, page = posted()

    assert status == 422
    assert "Paste a credential, or choose a file." in page
    assert posted("x", document="[]")[0] == 422
    assert "This is not a signed credential." in posted("x", status_list="nonsense")[1]
