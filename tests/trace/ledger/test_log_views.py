"""``/epcis/log``: what anybody gets, what whoever is signed in gets, and that it verifies."""

import html
from typing import Any

import pytest
from builders.ledger import a_document, a_transformation, an_object_event, as_bytes
from builders.log import NOON, Safe, a_safe, a_witness
from builders.parties import a_client_for, an_actor, an_organisation
from django.test import Client

from originmark.frame.web import clock
from originmark.origin.parties.access import SYSTEM
from originmark.standards.transparency import bundles
from originmark.standards.transparency.checkpoints import opened
from originmark.standards.transparency.notes import VerifierKey
from originmark.standards.transparency.proofs import is_consistent, is_included
from originmark.standards.transparency.tree import leaf_hash
from originmark.trace.ledger import keys, selectors, services, signing, sockets
from originmark.trace.ledger.models import Event

pytestmark = pytest.mark.django_db
AS_JSON = {"headers": {"Accept": "application/json"}}
NAME = "urn:uuid:00000000-0000-4000-8000-000000000001"


@pytest.fixture(autouse=True)
def _safe(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Safe:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return a_safe(settings, monkeypatch)


@pytest.fixture
def reader() -> Client:
    """Somebody of the organisation whose three events are in the ledger, one of them named."""
    organisation = an_organisation()
    events = [an_object_event(eventID=NAME), a_transformation(), an_object_event(action="OBSERVE")]
    services.capture(
        as_bytes(a_document(*events)), by=SYSTEM, now=NOON, organisation_id=organisation.pk
    )
    return a_client_for(an_actor(organisation))


def hashes(path: list[str]) -> list[bytes]:
    return [bytes.fromhex(each) for each in path]


def proves(proof: dict[str, Any]) -> bool:
    return is_included(
        leaf_hash(proof["leafData"].encode()),
        index=proof["leafIndex"],
        size=proof["treeSize"],
        path=hashes(proof["path"]),
        root=bytes.fromhex(proof["rootHash"]),
    )


@pytest.mark.conforms("L-checkpoint")
@pytest.mark.usefixtures("reader")
def test_anybody_gets_the_checkpoint_as_a_note_or_as_json() -> None:
    note = Client().get("/epcis/log/checkpoint")
    facts = Client().get("/epcis/log/checkpoint", **AS_JSON).json()

    assert (note.status_code, note["Content-Type"]) == (200, "text/plain; charset=utf-8")
    listed = Client().get("/epcis/log/keys").json()
    public = [VerifierKey.parse(each["key"]) for each in listed["keys"]]
    checkpoint, _signatures = opened(note.content.decode(), public, origin=listed["origin"])
    assert (checkpoint.size, checkpoint.root) == (3, selectors.checkpoint().root)
    assert facts == {
        "size": 3,
        "rootHash": checkpoint.root.hex(),
        "signedAt": "2026-10-01T12:00:00.000Z",
        "note": note.content.decode(),
        "keys": listed["keys"],
    }
    assert Client().get("/epcis/log/checkpoint?size=3").content == note.content
    assert Client().get("/epcis/log/checkpoint?size=2").status_code == 404


@pytest.mark.conforms("L-rotation")
def test_the_keys_are_listed_before_anything_was_signed() -> None:
    listed = Client().get("/epcis/log/keys").json()
    assert [(each["validFrom"], each["validUntil"]) for each in listed["keys"]] == [
        ("2026-10-01T12:00:00.000Z", None)
    ]
    assert (listed["origin"], listed["witnesses"]) == ("example.org/log", [])


@pytest.mark.conforms("L-cosign")
@pytest.mark.usefixtures("reader")
def test_a_witness_posts_its_line_and_everybody_sees_it() -> None:
    witness = a_witness()
    note = Client().get("/epcis/log/checkpoint").content.decode()
    text = note.split("\n\n")[0] + "\n"
    line = f"{witness.cosign(text, timestamp=int(NOON.timestamp()))}\n"

    answer = Client().post("/epcis/log/cosign", line, content_type="text/plain")
    assert (answer.status_code, answer.content.decode()) == (200, note + line)
    assert Client().get("/epcis/log/checkpoint").content == answer.content

    forged = line.replace("w1 ", "w2 ")
    refused = Client().post("/epcis/log/cosign", forged, content_type="text/plain")
    assert refused.status_code == 422
    assert "none of which is a known key" in refused.json()["detail"]


@pytest.mark.conforms("L-cosign")
@pytest.mark.parametrize(("body", "status"), [(b"\xff", 400), (b"x" * 65_537, 413), (b"", 422)])
def test_what_is_no_note_is_refused(body: bytes, status: int) -> None:
    answer = Client().post("/epcis/log/cosign", body, content_type="text/plain")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.conforms("L-consistency")
@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    ("query", "sizes"), [("from=1&to=3", (1, 3)), ("from=2", (2, 3)), ("from=0&to=2", (0, 2))]
)
def test_anybody_may_prove_that_the_log_only_grew(query: str, sizes: tuple[int, int]) -> None:
    proof = Client().get(f"/epcis/log/consistency?{query}").json()
    assert (proof["from"], proof["to"]) == sizes
    assert is_consistent(
        earlier=proof["from"],
        earlier_root=bytes.fromhex(proof["fromRootHash"]),
        size=proof["to"],
        root=bytes.fromhex(proof["toRootHash"]),
        path=hashes(proof["path"]),
    )


@pytest.mark.conforms("L-consistency")
@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    "query", ["", "from=4", "from=1&to=4", "from=2&to=1", "from=-1", "from=٣", "from=1&to="]
)
def test_sizes_that_never_were_are_refused(query: str) -> None:
    answer = Client().get(f"/epcis/log/consistency?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.conforms("L-inclusion")
def test_an_event_is_proven_at_any_size_of_the_log(reader: Client) -> None:
    for size in (1, 2, 3):
        proof = reader.get(f"/epcis/log/inclusion/0?size={size}").json()
        assert proof["treeSize"] == size
        assert proves(proof)
    assert reader.get("/epcis/log/inclusion/2?size=2").status_code == 404
    assert reader.get("/epcis/log/inclusion/0?size=4").status_code == 400


@pytest.mark.conforms("L-inclusion")
def test_an_event_is_proven_by_its_name_and_by_its_hash(reader: Client) -> None:
    digest = Event.objects.get(pk=1).fingerprint
    by_name = reader.get("/epcis/log/inclusion", {"eventID": NAME}).json()["proofs"]
    assert [each["leafIndex"] for each in by_name] == [0]
    for text in (digest, digest.upper(), f"ni:///sha-256;{digest}?ver=CBV2.0"):
        by_hash = reader.get("/epcis/log/inclusion", {"hash": text}).json()["proofs"]
        assert [each["leafIndex"] for each in by_hash] == [1]
        assert all(map(proves, by_hash))
    assert reader.get("/epcis/log/inclusion").status_code == 400
    assert reader.get("/epcis/log/inclusion", {"hash": "0" * 64}).status_code == 404


@pytest.mark.conforms("L-inclusion")
def test_whose_events_they_are_not_gets_no_proof_of_them(reader: Client) -> None:
    del reader
    stranger = a_client_for(an_actor(an_organisation()))
    for path in ("inclusion/0", f"inclusion?eventID={NAME}", "proof/0.json"):
        assert stranger.get(f"/epcis/log/{path}").status_code == 404
        assert Client().get(f"/epcis/log/{path}").status_code == 401


@pytest.mark.conforms("L-inclusion", "L-cosign")
def test_a_bundle_verifies_with_the_keys_that_were_published(reader: Client) -> None:
    witness = a_witness()
    text = reader.get("/epcis/log/checkpoint").content.decode().split("\n\n")[0] + "\n"
    line = f"{witness.cosign(text, timestamp=int(NOON.timestamp()))}\n"
    Client().post("/epcis/log/cosign", line, content_type="text/plain")

    answer = reader.get("/epcis/log/proof/1.json")
    assert answer["Content-Disposition"] == 'attachment; filename="proof-1.json"'
    published = [VerifierKey.parse(each.verifier) for each in keys.listed("log")]
    verified = bundles.verify(bundles.read(answer.json()), trusted=published)
    assert verified.checkpoint.size == 3
    assert [each.name for each in verified.witnessed_by] == ["witness.example/w1"]


@pytest.mark.usefixtures("reader")
def test_a_published_event_is_proven_to_anybody_who_knows_where_it_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = {(1, "LOT-1")}
    monkeypatch.setattr(sockets, "_publishers", [lambda *what: what in shown])

    assert Client().get("/epcis/log/proof/1.json?shown=LOT-1").json()["leafIndex"] == 1
    assert Client().get("/epcis/log/proof/0.json?shown=LOT-1").status_code == 401
    assert Client().get("/epcis/log/proof/1.json?shown=LOT-2").status_code == 401
    assert Client().get("/epcis/log/proof/1.json").status_code == 401


@pytest.mark.conforms("L-inclusion")
def test_a_proof_costs_a_fixed_number_of_queries(
    reader: Client, django_assert_max_num_queries: Any
) -> None:
    reader.get("/epcis/log/checkpoint")
    with django_assert_max_num_queries(12):
        reader.get("/epcis/log/proof/2.json")


@pytest.mark.conforms("L-checkpoint", "L-cosign")
def test_the_page_of_the_log_shows_what_was_signed_by_whom(reader: Client) -> None:
    assert "Nothing was signed yet" in reader.get("/ledger/log/").content.decode()
    witness = a_witness()
    note = Client().get("/epcis/log/checkpoint").content.decode()
    page = html.unescape(reader.get("/ledger/log/").content.decode())
    assert note.splitlines()[2] in page
    assert note.splitlines()[4] in page
    assert str(witness.verifier) in page
    assert keys.listed("log")[0].verifier in page


@pytest.mark.conforms("L-inclusion")
def test_the_page_of_an_event_says_since_when_it_is_signed(reader: Client) -> None:
    before = reader.get("/ledger/1/").content.decode()
    assert "The next signature of the log will be over it too." in before
    signing.newest(now=NOON)
    page = reader.get("/ledger/1/").content.decode()
    assert "It was in the log that was signed on" in page
    assert 'href="/epcis/log/proof/1.json"' in page
