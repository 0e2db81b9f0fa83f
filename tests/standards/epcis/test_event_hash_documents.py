"""Hashes of whole documents, their versions and algorithms."""

import hashlib
import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from builders.ledger import a_document, a_transformation, an_object_event

from originmark.standards.epcis import event_hash, event_hashes
from originmark.standards.epcis.documents import DocumentInvalid
from originmark.standards.epcis.event_hash import digest, event_prehashes, hash_uri, prehash

EX = {"ex": "https://ex.example/voc/"}
RICH = an_object_event(ilmd={"ex:season": "2026"}, **{"ex:own": {"ex:deep": [1, 2]}})


@pytest.mark.conforms("A-version", "T-1")
def test_the_version_stands_in_the_name_and_an_unknown_one_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert hash_uri("ab").endswith("?ver=CBV2.0")
    with pytest.raises(
        ValueError, match=r"'CBV2.1' is no version of the event hash; known: CBV2.0"
    ):
        prehash(RICH, EX, version="CBV2.1")

    later = {**event_hash.VERSIONS, "CBV2.1": lambda *_: "later"}
    monkeypatch.setattr(event_hash, "VERSIONS", later)
    assert prehash(RICH, EX, version="CBV2.1") == "later"
    assert prehash(RICH, EX) != "later"
    assert event_hashes(orjson.dumps(RICH), "application/json", version="CBV2.1") == [
        hash_uri(hashlib.sha256(b"later").hexdigest(), "CBV2.1")
    ]


@pytest.mark.conforms("A-version")
@pytest.mark.parametrize("name", ["sha-256", "sha-384", "sha-512", "sha3-256"])
def test_other_algorithms(name: str) -> None:
    [uri] = event_hashes(orjson.dumps(RICH), "application/json", algorithm=name)
    context = RICH.get("@context")
    assert context is None
    expected = hashlib.new(name.replace("sha-", "sha").replace("sha3-", "sha3_"))
    expected.update(prehash(RICH, {}).encode())
    assert uri == f"ni:///{name};{expected.hexdigest()}?ver=CBV2.0"
    with pytest.raises(ValueError, match="known: sha-256, sha-384, sha-512, sha3-256"):
        hash_uri("ab", algorithm="md5")


def hashes(document: Any) -> list[str]:
    return event_hashes(orjson.dumps(document), "application/json; charset=utf-8")


def test_documents_query_documents_lists_and_events_hash_alike() -> None:
    document = a_document(RICH, a_transformation())
    context = document["@context"] = ["https://standard.example/context", EX]
    body = document["epcisBody"]
    query = {
        "@context": context,
        "type": "EPCISQueryDocument",
        "epcisBody": {"queryResults": {"queryName": "q", "resultsBody": body}},
    }
    own = {"@context": context, **RICH}
    expected = [hash_uri(digest(RICH, EX)), hash_uri(digest(a_transformation(), EX))]
    assert hashes(document) == hashes(query) == hashes([own, a_transformation()]) == expected
    assert hashes(own) == expected[:1]
    assert hashes({**document, "epcisBody": {"event": RICH}}) == expected[:1]


def test_fields_that_a_repository_adds_may_be_left_out() -> None:
    added = {**RICH, "ex:hash": "1", "ex:captureID": "2"}
    for holder in ("document", "results"):
        document = a_document(added)
        document["@context"] = EX
        results: dict[str, Any] = {"resultsBody": document["epcisBody"]}
        if holder == "results":
            document |= {"type": "EPCISQueryDocument", "epcisBody": {"queryResults": results}}
        ignoring = document if holder == "document" else results
        ignoring["ex:ignoreFields"] = ["ex:hash", "ex:captureID"]
        assert hashes(document) == [hash_uri(digest(RICH, EX))]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<x/>", "this is no JSON"),
        (b"3", "event 1: found 3, expected an object"),
        (b'{"type": "EPCISDocument"}', "no epcisBody"),
        (b'{"type": "EPCISDocument", "epcisBody": {}}', "where the list of events should be"),
    ],
)
def test_a_document_without_events_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentInvalid, match=reason):
        event_hashes(data, "application/json")


def test_another_media_type_is_refused() -> None:
    with pytest.raises(ValueError, match="'text/plain' is no media type of EPCIS"):
        event_hashes(b"", "text/plain")


def test_the_worked_example_is_true() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs/algorithms/event-hash.md").read_text()
    example = page.partition("```json")[2].partition("```")[0].encode()
    shown = re.search(r"((?:    .+\n)+)\nand its SHA-256", page)
    assert shown is not None
    prehashes = [shown[1].replace("    ", "").replace("\n", "")]
    assert event_prehashes(example, "application/json") == prehashes
    assert f"    {event_hashes(example, 'application/json')[0]}\n" in page
