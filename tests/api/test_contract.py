"""The JSON API keeps to its own description, whatever is sent to it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from builders.artwork import AT_NOON, a_draft
from builders.certificates import a_certificate
from builders.gi import AGAINST, a_published_gi
from builders.labels import a_labelled_lot
from builders.lots import a_harvested_lot
from builders.parties import a_programme_office
from builders.places import a_boundary, a_facility, a_growing_area, an_administrative_unit
from builders.rulebooks import a_criteria_set, a_star_scheme
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ninja import Schema
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi import checks

from config.api import api
from originmark.frame.web import clock
from originmark.mark.labels.artwork.services import record_artwork
from originmark.mark.schemes.services import gi_oppositions as oppositions
from originmark.origin.parties import access, services

# What is said is compared on SQLite; PostgreSQL only differs in what it takes.
EXAMPLES = 10 if connection.vendor == "sqlite" else 5
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
# What anybody reads and may answer to, as on the public pages.
PUBLIC = {
    "GET /api/schemes/brands",
    "GET /api/schemes/brands/{code}",
    "GET /api/schemes/rights",
    "GET /api/schemes/rulebooks",
    "GET /api/schemes/rulebooks/{code}/compare",
    "GET /api/schemes/rulebooks/{code}/{version}",
    "GET /api/schemes/rulebooks/{code}/{version}/sets/{set_code}",
    "GET /api/schemes/rights/{right_id}",
    "GET /api/licences/users",
    "GET /api/stars/{number}",
    "POST /api/schemes/gi/{number}/oppositions",
    "GET /api/stars/",
    "GET /api/evaluation/certificates/{code}",
    "POST /api/passport/credentials/verify",
}
DESCRIPTION: dict[str, Any] = dict(api.get_openapi_schema())
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


@dataclass
class World:
    """What there is, by the names of parameters and members that take its code."""

    headers: dict[str, str]
    known: dict[str, list[Any]]


@pytest.fixture(scope="module")
def world(database_of_module: None) -> World:
    """An office with a key to everything, and one of each."""
    office = a_programme_office()
    key = services.create_api_key(
        office, name="All", role="manager", scopes=access.scopes(), by=access.SYSTEM,
        now=clock.now(),
    )  # fmt: skip
    labelled = a_labelled_lot()
    run = labelled.issue(20)
    artwork = record_artwork(a_draft(labelled.lot.product), **AT_NOON)
    harvested = a_harvested_lot(organisation=labelled.organisation)
    area = a_growing_area(organisation=labelled.organisation)
    facility = a_facility(organisation=labelled.organisation)
    lots = [labelled.lot.code, harvested.code]
    products = [labelled.lot.product.code, harvested.product.code]
    organisations = [labelled.organisation.code, office.code]
    boundary, right = a_boundary(), labelled.brand.rights.get()
    opposed = oppositions.oppose_gi(a_published_gi().number, AGAINST, now=clock.now())
    scheme, criteria = a_star_scheme(), a_criteria_set()
    codes = [*lots, *products, *organisations, area.code, facility.code, labelled.brand.code]
    codes.append(scheme.code)
    return World(
        {"Authorization": f"Bearer {key.secret}"},
        {
            "code": codes,
            "lot": lots,
            "product": products,
            "area": [area.code],
            "facility": [facility.code],
            "organisation": organisations,
            "holder": organisations,
            "boundary": [boundary.code],
            "brand": [labelled.brand.code],
            "number": [
                run.number,
                labelled.licence.number,
                artwork.number,
                opposed.application.number,
            ],
            "opposition_id": [opposed.pk],
            "key": [an_administrative_unit().key],
            "certificate_id": [a_certificate().pk],
            "right_id": [right.pk],
            "version": [scheme.version],
            "before": [scheme.version],
            "after": [scheme.version],
            "set_code": [criteria.code],
        },
    )


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("asker", ["with a key", "anonymous"])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_as_described(operation: str, asker: str, world: World) -> None:
    headers = {"Accept-Encoding": "identity"}
    examples = EXAMPLES if operation in PUBLIC else 3  # of 401
    if asker == "with a key":
        headers, examples = headers | world.headers, EXAMPLES

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases(operation), data=st.data())
    def check(case: Any, data: st.DataObject) -> None:
        for part in (case.path_parameters, case.query, case.body):
            name_what_there_is(part, world.known, data)
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


def name_what_there_is(part: Any, known: dict[str, list[Any]], data: st.DataObject) -> None:
    """Let most codes of a request be codes of something, so that more than a 404 is tried."""
    if not isinstance(part, dict):
        return
    for name in part.keys() & known.keys():
        if data.draw(st.integers(0, 3)):
            part[name] = data.draw(st.sampled_from(known[name]))


@pytest.mark.django_db
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_stranger_is_sent_away_unless_the_register_is_public(
    operation: str, client: Client
) -> None:
    method, path = operation.split(" ")
    address = re.sub(r"{(certificate_id|right_id|case_id|label)}", "1", path)

    answer = client.generic(method, address.replace("{", "").replace("}", ""))

    assert (answer.status_code != 401) == (operation in PUBLIC)
    assert ("security" in DESCRIPTION["paths"][path][method.lower()]) == (operation not in PUBLIC)


def test_no_two_shapes_of_the_api_have_the_same_name() -> None:
    """Ninja would describe both by the one that it saw last."""
    names = [each.__name__ for each in every_shape(Schema)]

    assert sorted(names) == sorted(set(names))


def every_shape(parent: type) -> list[type]:
    children = [each for each in parent.__subclasses__() if "originmark" in each.__module__]
    return children + [each for child in children for each in every_shape(child)]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a\x00b", "\ud800", ["\x00"], {"\x00": 1}])
def test_text_that_no_database_keeps_is_not_read(name: Any, world: World, client: Client) -> None:
    body = json.dumps({"name": name, "kind": "cooperative"})

    answer = client.post(
        "/api/parties/organisations", body, "application/json", headers=world.headers
    )

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_an_address_with_nul_leads_nowhere(client: Client) -> None:
    answer = client.get("/api/products/a%00b")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_nul_in_a_search_is_passed_over(client: Client) -> None:
    assert client.get("/api/schemes/rights?status=%00&country=%00VN").json() == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["lots/", "products/", "labels/runs", "schemes/rights"])
def test_no_list_starts_beyond_what_a_database_counts(
    path: str, world: World, client: Client
) -> None:
    answer = client.get(f"/api/{path}?offset={2**64}", headers=world.headers)

    assert answer.status_code == 422


def test_the_reference_is_the_description_of_today() -> None:
    written = Path(__file__).resolve().parents[2] / "docs/reference/openapi.json"

    assert json.loads(written.read_text()) == json.loads(json.dumps(DESCRIPTION, default=str))
