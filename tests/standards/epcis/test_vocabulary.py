"""The words of CBV 2.0 in all their spellings."""

import json
from pathlib import Path

import pytest

from originmark.standards.epcis import fast_check, vocabulary
from originmark.standards.epcis.vocabulary import Vocabulary, as_urn, as_web_uri

COUNTED = [
    pytest.param(vocabulary.BIZ_STEP, 41, marks=pytest.mark.conforms("V-bizStep")),
    pytest.param(vocabulary.DISPOSITION, 33, marks=pytest.mark.conforms("V-disposition")),
    pytest.param(vocabulary.TRANSACTION_TYPE, 13, marks=pytest.mark.conforms("V-bizTransaction")),
    pytest.param(vocabulary.PARTY_TYPE, 3, marks=pytest.mark.conforms("V-sourceDestination")),
    pytest.param(vocabulary.ERROR_REASON, 2, marks=pytest.mark.conforms("V-errorReason")),
    pytest.param(vocabulary.COMPONENT, 14, marks=pytest.mark.conforms("V-component")),
    pytest.param(vocabulary.ALERT, 2, marks=pytest.mark.conforms("V-sensorAlert")),
    pytest.param(vocabulary.MEASUREMENT, 72, marks=pytest.mark.conforms("V-measurement")),
]
PUBLISHED_AS = {
    "BizStep": vocabulary.BIZ_STEP,
    "Disp": vocabulary.DISPOSITION,
    "BTT": vocabulary.TRANSACTION_TYPE,
    "SDT": vocabulary.PARTY_TYPE,
    "ER": vocabulary.ERROR_REASON,
    "Comp": vocabulary.COMPONENT,
}


@pytest.mark.parametrize(("vocab", "count"), COUNTED)
def test_every_word_comes_back_from_every_spelling(vocab: Vocabulary, count: int) -> None:
    assert len(vocab.words) == count
    for word in vocab.words:
        spellings = {prefix + word for prefix in vocab.prefixes}
        spellings |= {word, vocab.urn(word), vocab.web_uri(word)}
        assert {vocab.normalise(spelt) for spelt in spellings} == {word}
        assert {vocab.urn(spelt) for spelt in spellings} == {vocab.urn(word)}
        assert {vocab.web_uri(spelt) for spelt in spellings} == {vocab.web_uri(word)}
        longer = spellings - {word}
        assert {as_urn(spelt) for spelt in longer} == {vocab.urn(word)}
        assert {as_web_uri(spelt) for spelt in longer} == {vocab.web_uri(word)}


@pytest.mark.parametrize("vocab", vocabulary.ALL, ids=lambda vocab: vocab.name)
@pytest.mark.parametrize(
    "own", ["https://example.org/roasting", "urn:example:roasting", "roasting", "Shipping", ""]
)
def test_a_word_of_ones_own_stays_as_it_is(vocab: Vocabulary, own: str) -> None:
    assert vocab.normalise(own) == vocab.urn(own) == vocab.web_uri(own) == own
    assert as_urn(own) == as_web_uri(own) == own


def test_the_word_of_another_vocabulary_is_none_of_this_one() -> None:
    elsewhere = vocabulary.BIZ_STEP.urn("shipping")
    assert vocabulary.DISPOSITION.normalise(elsewhere) == elsewhere
    assert vocabulary.DISPOSITION.normalise("urn:epcglobal:cbv:disp:shipping").endswith("shipping")


@pytest.mark.parametrize(
    ("spelt", "urn", "web"),
    [
        (
            "cbv:BizStep-shipping",
            "urn:epcglobal:cbv:bizstep:shipping",
            "https://ref.gs1.org/cbv/BizStep-shipping",
        ),
        (
            "https://ns.gs1.org/cbv/Disp-in_transit",
            "urn:epcglobal:cbv:disp:in_transit",
            "https://ref.gs1.org/cbv/Disp-in_transit",
        ),
        (
            "urn:epcglobal:cbv:btt:po",
            "urn:epcglobal:cbv:btt:po",
            "https://ref.gs1.org/cbv/BTT-po",
        ),
        (
            "https://gs1.org/voc/Temperature",
            "gs1:Temperature",
            "https://gs1.org/voc/Temperature",
        ),
    ],
)
def test_spellings_are_those_that_are_published(spelt: str, urn: str, web: str) -> None:
    assert (as_urn(spelt), as_web_uri(spelt)) == (urn, web)


def test_the_words_are_those_that_gs1_publishes(vectors: Path) -> None:
    graph = json.loads((vectors / "schema" / "CBV.jsonld").read_text())["@graph"]
    terms = [term for term in graph if isinstance(term["@type"], str) and "sameAs" in term]
    seen: dict[str, set[str]] = {part: set() for part in PUBLISHED_AS}
    for term in terms:
        part = term["@type"].removeprefix("cbv:")
        vocab, word = PUBLISHED_AS[part], term["@id"].removeprefix(f"cbv:{part}-")
        assert vocab.urn(word) == term["sameAs"]
        assert vocab.web_uri(word) == f"https://ref.gs1.org/cbv/{part}-{word}"
        seen[part].add(word)
    assert seen == {part: set(vocab.words) for part, vocab in PUBLISHED_AS.items()}


def test_measurements_and_alerts_are_those_of_the_published_context(vectors: Path) -> None:
    text = (vectors / "schema" / "epcis-context.jsonld").read_text()
    for vocab in (vocabulary.MEASUREMENT, vocabulary.ALERT):
        for word in vocab.words:
            assert f'"{word}": "gs1:{word}"' in text


def test_every_standard_word_is_valid_where_it_belongs() -> None:
    times = {"eventTime": "2026-09-22T07:15:00Z", "eventTimeZoneOffset": "+08:00"}
    event = {"type": "ObjectEvent", "action": "OBSERVE", "epcList": [], **times}
    events = [event | {"bizStep": word} for word in vocabulary.BIZ_STEP.words]
    events += [event | {"disposition": word} for word in vocabulary.DISPOSITION.words]
    events += [
        event | {"bizTransactionList": [{"type": word, "bizTransaction": "urn:x:1"}]}
        for word in vocabulary.TRANSACTION_TYPE.words
    ]
    for field in ("source", "destination"):
        events += [
            event | {f"{field}List": [{"type": word, field: "urn:x:1"}]}
            for word in vocabulary.PARTY_TYPE.words
        ]
    events += [
        event | {"errorDeclaration": {"declarationTime": times["eventTime"], "reason": word}}
        for word in vocabulary.ERROR_REASON.words
    ]
    reports = [{"type": word} for word in vocabulary.MEASUREMENT.words]
    reports += [{"type": "Length", "component": word} for word in vocabulary.COMPONENT.words]
    reports += [{"type": "Mass", "exception": word} for word in vocabulary.ALERT.words]
    events.append(event | {"sensorElementList": [{"sensorReport": reports}]})
    assert fast_check.events_valid(events)
    assert len(events) == 41 + 33 + 13 + 2 * 3 + 2 + 1
