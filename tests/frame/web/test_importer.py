import io
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

import pytest
import xlsxwriter
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import include, path

from originmark.frame.web import sockets
from originmark.frame.web.importer import (
    ImportColumn,
    Importer,
    ImportResult,
    ImportRow,
    each_row,
    importer_urls,
    read_table,
)
from originmark.frame.web.importer import rules as file_rules
from originmark.frame.web.models import ImportDraft
from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class NameTaken(RuleViolation):
    code: ClassVar[str] = "name-taken"
    sentence: ClassVar[str] = gettext_noop("%(name)s is taken. Choose another name.")
    field: ClassVar[str | None] = "name"

    name: str


def parse_kg(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"Found {text}, expected kilograms such as 12.5.") from None


def write(rows: list[ImportRow], *, by: Any, now: datetime) -> ImportResult:
    def one(row: ImportRow) -> str:
        if row["name"] == "taken":
            raise NameTaken(name="taken")
        _, is_new = Group.objects.get_or_create(name=row["name"])
        return "created" if is_new else "unchanged"

    return each_row(rows, one)


IMPORTER = Importer(
    name="groups",
    title="Groups",
    columns=[
        ImportColumn("name", "Group name", required=True, example="Growers"),
        ImportColumn("mass_kg", "Mass", parse=parse_kg, default=None),
    ],
    apply=write,
    key="name",
    done_url="/done/",
)
urlpatterns = [*importer_urls(IMPORTER, "groups.import"), path("", include("config.urls"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def person(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(sockets, "_doors", {"access": lambda _request, _permission: True})
    client.force_login(get_user_model().objects.create(email="li@example.org", name="Li Na"))
    return client


def a_workbook(rows: list[list[Any]], *, merge: str = "", formula: Any = None) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if merge:
            sheet.merge_range(merge, "merged")
        if formula is not None:
            sheet.write_formula("B2", "=1+1", None, formula)
    return file.getvalue()


def send(client: Client, content: bytes, name: str = "groups.csv") -> Any:
    return client.post("/import/groups/", {"file": SimpleUploadedFile(name, content)})


def preview(client: Client, content: bytes, name: str = "groups.csv") -> Any:
    return client.get(send(client, content, name)["Location"])


HEAD = ["name", "mass_kg"]


@pytest.mark.parametrize(
    ("content", "refusal", "facts"),
    [
        (b"", file_rules.NoRows, {}),
        (b"name,mass_kg\r\n", file_rules.NoRows, {}),
        (b"\x89PNG\r\n\x1a\n\x00\x00", file_rules.NotATable, {"file": "t"}),
        (b"PK\x03\x04nothing", file_rules.NotATable, {"file": "t"}),
        ("name\nVải thiều".encode("utf-16-le"), file_rules.NotATable, {"file": "t"}),
        (b"name\nca\xff\xfffe", file_rules.WrongEncoding, {}),
        ("name\ncafé đỏ, Lục Ngạn".encode("cp1258", "ignore"), file_rules.WrongEncoding, {}),
        (
            a_workbook([HEAD, ["a"], ["b"]], merge="A2:A3"),
            file_rules.MergedCells,
            {"cells": ["A2:A3"]},
        ),
        (
            a_workbook([HEAD, ["a"]], formula=""),
            file_rules.FormulaWithoutValue,
            {"cells": ["B2"]},
        ),
        (
            a_workbook([HEAD, ["a"]], formula=0),
            file_rules.FormulaWithoutValue,
            {"cells": ["B2"]},
        ),
        (
            a_workbook([HEAD, *[["a", 1]] * 6]),
            file_rules.TooManyRows,
            {"found": 6, "limit": 5},
        ),
        (b"name\n" + b"a\n" * 6, file_rules.TooManyRows, {"found": 6, "limit": 5}),
    ],
)
def test_a_file_that_would_be_misread_is_refused(
    content: bytes, refusal: type[RuleViolation], facts: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        read_table(io.BytesIO(content), name="t", limit=5)

    assert refused.value.facts == facts


def test_fifty_thousand_rows_are_too_many() -> None:
    with pytest.raises(file_rules.TooManyRows) as refused:
        read_table(io.BytesIO(b"name\n" + b"a\n" * 50_000))

    assert refused.value.facts == {"found": 50_000, "limit": 20_000}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_each_encoding(encoding: str) -> None:
    table = read_table(io.BytesIO("name;mass_kg\r\n阳曲小米;12\r\n".encode(encoding)))

    assert table.headers == ("name", "mass_kg")
    assert table.rows[0].cells == ("阳曲小米", "12")


def test_numbers_and_days_come_as_text_without_loss() -> None:
    day = datetime(2026, 10, 15)
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b", "c", "d"])
        sheet.write_row(1, 0, [8935051042007, 0.1, True])
        sheet.write_datetime(1, 3, day, book.add_format({"num_format": "yyyy-mm-dd"}))

    table = read_table(io.BytesIO(content.getvalue()))

    assert table.rows[0].cells == ("8935051042007", "0.1", "TRUE", "2026-10-15")


def test_row_numbers_are_those_of_the_spreadsheet() -> None:
    table = read_table(io.BytesIO(b"name\n\na\n\n\nb\n"))

    assert [row.number for row in table.rows] == [3, 6]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"name,colour\na,red\n", "has colour, which is not known here"),
        (b"mass_kg\n12\n", "has no column name"),
        (b"name,Group Name\na,b\n", "names name more than once"),
    ],
)
def test_wrong_headers_refuse_the_file(person: Client, content: bytes, sentence: str) -> None:
    response = send(person, content)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert ImportDraft.objects.exists() is False


def test_a_preview_writes_nothing_and_counts(person: Client) -> None:
    Group.objects.create(name="a")

    page = preview(person, b"name,mass_kg\na,1\nb,2\n")
    result = page.context["result"]

    assert '<p class="stat-value">2</p>' in page.content.decode()
    assert (result.created, result.unchanged, result.errors) == (1, 1, ())
    assert Group.objects.count() == 1


def test_a_yes_writes_all_rows_and_a_second_time_changes_nothing(person: Client) -> None:
    for expected in ((2, 0), (0, 2)):
        address = send(person, b"Group name\na\nb\n")["Location"]
        result = person.get(address).context["result"]
        assert (result.created, result.unchanged) == expected
        assert person.post(address)["Location"] == "/done/"

    assert Group.objects.count() == 2
    assert ImportDraft.objects.exists() is False


BAD = b"name,mass_kg\ngood,1\n,2\nb,heavy\ntaken,\ngood,3\n"


def test_each_bad_row_is_told_with_column_and_reason(person: Client) -> None:
    errors = preview(person, BAD).context["errors"]

    assert [(error.row, error.column, error.reason) for error in errors] == [
        (3, "name", "This cell is empty. Fill it in."),
        (4, "mass_kg", "Found heavy, expected kilograms such as 12.5."),
        (5, "name", "taken is taken. Choose another name."),
        (6, "name", "The same as in row 2. Each may stand here once; delete one of them."),
    ]


@pytest.mark.parametrize("content", [BAD, b"name\ngood\ntaken\n"])
def test_one_bad_row_stops_them_all(person: Client, content: bytes) -> None:
    address = send(person, content)["Location"]

    assert person.post(address).status_code == 422
    assert Group.objects.exists() is False


def test_bad_rows_can_be_downloaded_with_reasons(person: Client) -> None:
    address = send(person, BAD)["Location"]
    text = b"".join(person.get(f"{address}bad-rows.csv").streaming_content).decode()

    lines = text.splitlines()
    assert lines[0] == "\ufeffname,mass_kg,row,reason"
    assert lines[1] == ",2,3,name: This cell is empty. Fill it in."
    assert len(lines) == 5


def test_the_template_is_taken_back_once_it_is_filled_in(person: Client) -> None:
    csv = b"".join(person.get("/import/groups/template.csv").streaming_content)
    xlsx = person.get("/import/groups/template.xlsx").content

    assert csv.decode("utf-8-sig") == "name,mass_kg\r\n"
    assert xlsx.startswith(b"PK")
    assert preview(person, csv + b"a,1\r\n").context["errors"] == ()


def test_an_upload_is_its_owners_alone(person: Client) -> None:
    address = send(person, b"name\na\n")["Location"]
    person.force_login(get_user_model().objects.create(email="wu@example.org", name="Wu"))

    assert person.get(address).status_code == 404


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "_doors", {})


@pytest.mark.usefixtures("person", "closed")
def test_a_stranger_is_refused_on_every_page(client: Client) -> None:
    for end in ("", "template.csv", "template.xlsx"):
        assert client.get(f"/import/groups/{end}").status_code == 403


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/import/groups/")["Location"].startswith("/accounts/login/")
