"""The EPCIS interface keeps to its own description, whatever is sent to it."""

from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from builders.lots import a_harvested_lot
from builders.parties import a_programme_office
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi import checks

from originmark.frame.web import clock
from originmark.origin.parties import access, services
from originmark.trace.ledger import selectors
from originmark.trace.ledger.openapi import description

# What is said is compared on SQLite; PostgreSQL only differs in what it takes.
EXAMPLES = 12 if connection.vendor == "sqlite" else 6
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
DESCRIPTION = description()
OPERATIONS = [
    f"{method.upper()} {path}"
    for path, methods in DESCRIPTION["paths"].items()
    for method in methods
]
SCHEMA = schemathesis.openapi.from_dict(
    DESCRIPTION,
    config=SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}}),
)
SCHEMA.app = WSGIHandler()


@pytest.fixture(scope="module")
def key(database_of_module: None) -> str:
    office = a_programme_office()
    made = services.create_api_key(
        office, name="All", role="manager", scopes=access.scopes(), by=access.SYSTEM,
        now=clock.now(),
    )  # fmt: skip
    return made.secret


@pytest.fixture(scope="module")
def known(database_of_module: None) -> dict[str, list[str]]:
    """Values that something has, by the names of path parameters."""
    lot = a_harvested_lot()
    [stored] = selectors.events_naming(lot.epc)
    names = {
        "eventID": [stored.event_id],
        "eventType": ["ObjectEvent", "TransformationEvent"],
        "epc": [lot.epc],
        "bizStep": ["commissioning", "https://ref.gs1.org/cbv/BizStep-commissioning"],
        "bizLocation": [str(stored.body.get("bizLocation", {}).get("id", "urn:x:y"))],
        "readPoint": [str(stored.body.get("readPoint", {}).get("id", "urn:x:y"))],
        "disposition": ["active", "in_progress"],
        "queryName": ["SimpleEventQuery"],
    }
    return {name: [quote(each, safe="") for each in values] for name, values in names.items()}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.conforms("ST-200", "ST-401", "ST-404")
@pytest.mark.parametrize("asker", ["with a key", "anonymous"])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_as_described(
    operation: str, asker: str, key: str, known: dict[str, list[str]]
) -> None:
    headers = {"Accept-Encoding": "identity"}
    examples = 3  # of 401
    if asker == "with a key":
        headers["Authorization"], examples = f"Bearer {key}", EXAMPLES

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases(operation), data=st.data())
    def check(case: Any, data: st.DataObject) -> None:
        if isinstance(case.path_parameters, dict):
            for name in case.path_parameters.keys() & known.keys():
                if data.draw(st.integers(0, 3)):
                    case.path_parameters[name] = data.draw(st.sampled_from(known[name]))
        with transaction.atomic():
            case.call_and_validate(headers=headers, checks=CHECKS)
            transaction.set_rollback(True)

    check()


def cases(operation: str) -> st.SearchStrategy[Any]:
    """Well-formed and malformed requests for an operation."""
    method, path = operation.split(" ")
    found = SCHEMA[path][method]
    good = found.as_strategy(generation_mode=GenerationMode.POSITIVE)
    takes = DESCRIPTION["paths"][path][method.lower()]
    if not takes["parameters"] and "requestBody" not in takes:
        return good
    return good | found.as_strategy(generation_mode=GenerationMode.NEGATIVE)


@pytest.mark.django_db
def test_anybody_may_read_the_description(client: Client) -> None:
    answer = client.get("/epcis/openapi.json")

    assert answer.json()["openapi"] == "3.1.0"
    assert set(answer.json()["paths"]) == set(DESCRIPTION["paths"])


@pytest.mark.django_db
@pytest.mark.conforms("ST-204")
@pytest.mark.parametrize("path", sorted(DESCRIPTION["paths"]))
def test_every_resource_says_what_it_takes(path: str, key: str, client: Client) -> None:
    address = "/epcis" + path.replace("{captureID}", "00000000-0000-4000-8000-000000000000")
    address = address.replace("{subscriptionID}", "00000000-0000-4000-8000-000000000000")
    address = address.replace("{index}", "0")
    for name in ("{", "}"):
        address = address.replace(name, "")

    answer = client.options(address, headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 204
    offered = {each.strip() for each in answer["Allow"].split(",")}
    assert {each.upper() for each in DESCRIPTION["paths"][path]} <= offered
    assert answer["GS1-EPCIS-Version"]
