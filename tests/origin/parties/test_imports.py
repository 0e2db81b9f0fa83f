import csv
import io
from datetime import datetime

import pytest
from builders.parties import (
    a_client_for,
    a_member,
    a_person,
    an_actor,
    an_inspector,
    an_officer,
    an_organisation,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from originmark.frame.web import importer
from originmark.origin.parties import importers
from originmark.origin.parties.models import Invitation, Membership, Organisation
from originmark.origin.parties.rules import Actor

pytestmark = pytest.mark.django_db
HOUSEHOLDS = [
    {"code": "h-1", "kind": "household", "name": "Li Wei", "phone": "1"},
    {"code": "h-2", "kind": "household", "name": "Wang Fang", "phone": ""},
]


def a_csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def run(
    what: importer.Importer, rows: list[dict[str, str]], *, by: Actor, now: datetime
) -> importer.ImportResult:
    table = importer.read_table(io.BytesIO(a_csv(rows)), name="rows.csv")
    return importer.run(what, importer.check(what, table), by=by, now=now)


def test_a_register_is_taken_in_and_a_second_time_changes_nothing(noon: datetime) -> None:
    officer = an_officer("recorder")

    first = run(importers.ORGANISATIONS, HOUSEHOLDS, by=officer, now=noon)
    second = run(importers.ORGANISATIONS, HOUSEHOLDS, by=officer, now=noon)

    assert (first.created, first.updated, first.unchanged) == (2, 0, 0)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 2)
    assert Organisation.objects.get(code="h-1").phone == "1"


def test_an_empty_cell_leaves_what_is_known(noon: datetime) -> None:
    an_organisation("h-2", kind="household", name="Wang", phone="7")

    result = run(importers.ORGANISATIONS, HOUSEHOLDS, by=an_officer(), now=noon)

    changed = Organisation.objects.get(code="h-2")
    assert (result.created, result.updated) == (1, 1)
    assert (changed.name, changed.phone) == ("Wang Fang", "7")


def test_one_bad_row_keeps_all_out_and_says_where(noon: datetime) -> None:
    an_organisation("mill", gln="9501101530003")
    rows = [
        {**HOUSEHOLDS[0], "gln": "", "registration_scheme": "", "registration_number": ""},
        {
            **HOUSEHOLDS[1],
            "gln": "9501101530003",
            "registration_scheme": "",
            "registration_number": "",
        },
        {
            "code": "h-3",
            "kind": "household",
            "name": "Zhao",
            "phone": "",
            "gln": "",
            "registration_scheme": "vn_mst",
            "registration_number": "0100233480",
        },
    ]

    result = run(importers.ORGANISATIONS, rows, by=an_officer(), now=noon)

    assert [(error.row, error.column) for error in result.errors] == [
        (3, "gln"),
        (4, "registration_number"),
    ]
    assert not Organisation.objects.filter(kind="household").exists()


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        ({"kind": "castle"}, "kind"),
        ({"code": "no spaces"}, "code"),
        ({"name": ""}, "name"),
        ({"unit": "xx-1"}, "unit"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_a_bad_cell_is_named(cell: dict[str, str], column: str, noon: datetime) -> None:
    rows = [{**HOUSEHOLDS[0], "unit": "", "email": "", **cell}]
    table = importer.read_table(io.BytesIO(a_csv(rows)), name="rows.csv")

    checked = importer.check(importers.ORGANISATIONS, table)

    assert [error.column for error in checked.errors] == [column]


def test_members_are_invited_once_and_roles_change(noon: datetime) -> None:
    mill = an_organisation("mill")
    manager = an_actor(mill, "manager")
    a_member(mill, "viewer", a_person("li@example.org"))
    rows = [
        {"organisation": "mill", "email": "Li@example.org", "role": "recorder"},
        {"organisation": "mill", "email": "new@example.org", "role": "viewer"},
    ]

    first = run(importers.MEMBERS, rows, by=manager, now=noon)
    second = run(importers.MEMBERS, rows, by=manager, now=noon)

    assert (first.created, first.updated, first.unchanged) == (1, 1, 0)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 2)
    assert Membership.objects.get(person__email="li@example.org").role == "recorder"
    assert Invitation.objects.get().email == "new@example.org"


def test_members_of_somebody_else_are_not_touched(noon: datetime) -> None:
    mill, other = an_organisation("mill"), an_organisation("other")
    rows = [{"organisation": "other", "email": "new@example.org", "role": "viewer"}]

    result = run(importers.MEMBERS, rows, by=an_actor(mill, "manager"), now=noon)

    assert len(result.errors) == 1
    assert not other.invitations.exists()


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("/parties/import/organisations/", [302, 403, 403, 403, 403, 200]),
        ("/parties/import/members/", [302, 403, 403, 200, 403, 200]),
    ],
)
def test_who_may_open_the_importers(path: str, answers: list[int]) -> None:
    mill = an_organisation("mill")
    browsers = [
        Client(),
        a_client_for(a_person()),
        a_client_for(an_actor(mill, "recorder")),
        a_client_for(an_actor(mill, "manager")),
        a_client_for(an_inspector()),
        a_client_for(an_officer("recorder")),
    ]

    assert [browser.get(path).status_code for browser in browsers] == answers


def test_a_file_goes_from_upload_to_register() -> None:
    browser = a_client_for(an_officer())
    file = SimpleUploadedFile("households.csv", a_csv(HOUSEHOLDS), "text/csv")

    preview = browser.post("/parties/import/organisations/", {"file": file})["Location"]
    assert browser.get(preview).status_code == 200
    assert not Organisation.objects.filter(kind="household").exists()
    assert browser.post(preview)["Location"] == "/parties/organisations/"

    assert Organisation.objects.filter(kind="household").count() == 2
