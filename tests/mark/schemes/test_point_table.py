"""An office's own table of points becomes a product set, or each row says what is wrong."""

import csv
import io

import pytest
from builders.parties import a_client_for, a_member, a_programme_office, an_organisation
from builders.rulebooks import a_star_scheme
from builders.schemes import NOON
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from originmark.frame.web.importer import ImportResult, ImportRow
from originmark.mark.schemes import criteria_importer, point_table, selectors
from originmark.mark.schemes.models import CriteriaSet
from originmark.origin.parties import access

pytestmark = pytest.mark.django_db
HEAD = {
    "scheme": "stars",
    "version": 1,
    "set": "tea",
    "set_name": "Tea",
    "set_name_vi": "Chè",
    "subgroups": "I.4",
    "source": "Our own table",
}
MATERIAL = {
    "part": "A",
    "section": "1",
    "section_name": "Production",
    "section_points": 60,
    "criterion": "1.1",
    "name": "Raw material",
    "criterion_points": 60,
    "knock_out": "All of it imported",
    "evidence": "Contracts; Invoices",
    "points": 20,
    "option": "Half of it from here",
}
STORY = {
    "part": "B",
    "section": "2",
    "section_name": "Story",
    "section_points": 40,
    "criterion": "2.1",
    "name": "Story",
    "criterion_points": 10,
    "points": 0,
    "option": "None",
}
OWN = {
    "criterion": "2.2",
    "name": "Its own",
    "criterion_points": 30,
    "only_if": "2.1 >= 10",
    "points": 30,
    "option": "Of this place only",
}
ROWS: list[dict[str, object]] = [
    HEAD | MATERIAL,
    {"points": 60, "option": "All of it from here", "option_vi": "Tất cả từ đây"},
    STORY,
    {"points": 10, "option": "There is one"},
    OWN,
]


def imported(rows: list[dict[str, object]]) -> ImportResult:
    given = [ImportRow(number, row) for number, row in enumerate(rows, start=2)]
    return criteria_importer.take(given, by=access.SYSTEM, now=NOON)


def changed(number: int, **cells: object) -> list[dict[str, object]]:
    """Return the rows with other cells in one of them, counted as the spreadsheet does."""
    return [row | cells if place == number else row for place, row in enumerate(ROWS, start=2)]


def errors(rows: list[dict[str, object]]) -> list[tuple[int, str, str]]:
    result = imported(rows)
    assert not CriteriaSet.objects.exists()
    return [(each.row, each.column, each.reason) for each in result.errors]


def test_a_table_that_adds_up_becomes_a_product_set() -> None:
    a_star_scheme()

    assert imported(ROWS) == ImportResult(created=1)

    found = selectors.product_set("stars", 1, "tea")
    material, story, own = found.criteria()
    assert [each.points for each in material.options] == [20, 60]
    assert material.options[1].text.in_language("vi") == "Tất cả từ đây"
    assert [each.english for each in material.evidence] == ["Contracts", "Invoices"]
    assert material.knock_out is not None
    assert [each.points for each in story.options] == [0, 10]
    assert own.only_if == ("2.1", 10)
    assert [each.part for each in found.sections] == ["A", "B"]


def test_two_sets_in_one_table_are_two_sets() -> None:
    a_star_scheme()
    second = [HEAD | MATERIAL | {"set": "rice", "set_name": "Rice"}, *ROWS[1:]]

    assert imported(ROWS + second) == ImportResult(created=2)


def test_sums_are_checked_over_the_whole_table() -> None:
    a_star_scheme()

    (row, column, reason), *_ = errors(changed(4, section_points=30))

    assert (row, column) == (2, "")
    assert "The sections of part B give 2: 30 = 30 points, but the part gives 40." in reason


@pytest.mark.parametrize(
    ("row", "cells", "column", "said"),
    [
        (6, {"criterion_points": 20}, "criterion_points", "The best option of criterion 2.2"),
        (6, {"only_if": "2.9 >= 1"}, "only_if", "no criterion 2.9 stands before it"),
        (
            6,
            {"only_if": "a story"},
            "only_if",
            "only_if should be a criterion and the least points",
        ),
        (3, {"option": ""}, "option", "option is missing"),
        (2, {"version": 2}, "scheme", "There is no star scheme stars in version 2."),
        (4, {"section_points": ""}, "section_points", "section_points is missing"),
    ],
)
def test_what_is_wrong_is_told_with_row_and_column(
    row: int, cells: dict[str, object], column: str, said: str
) -> None:
    a_star_scheme()

    found = errors(changed(row, **cells))

    assert any(
        (number, name) == (row, column) and said in reason for number, name, reason in found
    ), found


def test_other_criteria_under_a_code_that_is_taken_are_refused() -> None:
    a_star_scheme()
    imported(ROWS)

    (error,) = imported(changed(2, name="Material")).errors

    assert (error.row, error.column) == (2, "set")
    assert "Load yours under another code, such as tea-2." in error.reason
    assert CriteriaSet.objects.count() == 1


def test_quotes_and_line_breaks_in_cells_stay_what_they_are() -> None:
    a_star_scheme()
    said = 'A "story",\nin two lines \\ and a \x7f'

    imported(changed(2, name=said))

    assert selectors.product_set("stars", 1, "tea").criteria()[0].name.english == said


@pytest.mark.parametrize("cell", ["3.5", "three", "", "٣", "1000000"])
def test_points_are_whole_numbers(cell: str) -> None:
    with pytest.raises(ValueError, match="no whole number"):
        criteria_importer.whole_number(cell)


def test_an_office_uploads_looks_and_confirms() -> None:
    a_star_scheme()
    officer = a_client_for(a_member(a_programme_office(), "manager").person)
    table = io.StringIO()
    writer = csv.DictWriter(table, point_table.COLUMNS)
    writer.writeheader()
    writer.writerows(ROWS)
    file = SimpleUploadedFile("points.csv", table.getvalue().encode())

    shown = officer.post(reverse("schemes:criteria-import"), {"file": file})
    assert not CriteriaSet.objects.exists()
    officer.post(shown["Location"])

    assert CriteriaSet.objects.get().loaded_by != ""
    assert selectors.product_set("stars", 1, "tea").source == "Our own table"


def test_a_cooperative_may_not(client: Client) -> None:
    member = a_client_for(a_member(an_organisation(), "manager").person)

    assert member.get(reverse("schemes:criteria-import")).status_code == 403
    assert client.get(reverse("schemes:criteria-import")).status_code == 302
