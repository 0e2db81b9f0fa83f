"""Reading a register of rights: what is taken, what is refused, and why."""

from datetime import date

import pytest

from originmark.mark.schemes.register_file import Reading, read_register
from originmark.mark.schemes.register_profiles import OWN, UK_GI
from originmark.mark.schemes.rules import UnknownColumns

TODAY = date(2026, 10, 15)
UK_HEADERS = [*UK_GI.headers.values(), "ProductType"]


def a_uk_row(**cells: str) -> dict[str, str]:
    """A good row of the British register; name the cells that differ."""
    good = {
        "Name": "Cornish Pasty",
        "FileNumber": "PGI-GB-0727",
        "Register": "Food and Agri UK PDO",
        "Type": "Protected Geographical Indication (PGI)",
        "Country": "United Kingdom",
        "Status": "Registered",
        "ProductCategory": "Class 2.3. Bread",
        "LegalInstrument": "Official Journal L 190, 21.07.2011",
        "ApplicationDate": "31/12/2008",
        "DatePublication": "28/07/2010",
        "DateRegistration": "21/07/2011",
    }
    return good | cells


def reading(*rows: dict[str, str]) -> Reading:
    return read_register(UK_HEADERS, enumerate(rows, start=2), today=TODAY)


def test_a_good_row_becomes_a_right() -> None:
    (draft,) = reading(a_uk_row()).drafts

    assert draft.key == ("UK GI: Food and Agri UK PDO", "PGI-GB-0727")
    assert (draft.kind, draft.status, draft.country) == ("pgi", "registered", "GB")
    assert draft.registered_on == date(2011, 7, 21)
    assert draft.authority == "Department for Environment, Food and Rural Affairs (Defra)"


def test_several_countries_are_kept_in_order() -> None:
    (draft,) = reading(a_uk_row(Country="Netherlands, Belgium")).drafts

    assert draft.country == "BE NL"


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("Name", " ", "The cell is empty"),
        ("FileNumber", "", "The cell is empty"),
        ("FileNumber", "9" * 61, "at most 60 fit"),
        ("Status", "Maybe", "“Maybe” is not known. Known are: applied,"),
        ("Type", "", "The cell is empty"),
        ("Country", "Atlantis", "There is no country “Atlantis”"),
        ("DateRegistration", "31/02/2020", "“31/02/2020” is no day of the calendar"),
        ("DateRegistration", "2011-07-21", "in the form DD/MM/YYYY"),
        ("DateRegistration", "٢١/٠٧/٢٠١١", "is no day of the calendar"),
        ("ApplicationDate", "16/10/2026", "is in the future"),
    ],
)
def test_a_row_that_cannot_be_told_is_refused(column: str, cell: str, said: str) -> None:
    found = reading(a_uk_row(**{column: cell}), a_uk_row(FileNumber="GOOD"))

    (note,) = found.refused
    assert (note.row, note.column) == (2, column)
    assert said in str(note)
    assert [draft.number for draft in found.drafts] == ["GOOD"]


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    found = reading(a_uk_row(Name="", Country="Atlantis", Status="?"))

    assert {note.column for note in found.refused} == {"Name", "Country", "Status"}
    assert found.rows_refused == 1


def test_the_second_row_with_a_number_is_refused() -> None:
    found = reading(a_uk_row(), a_uk_row(Name="Another"))

    assert [str(note) for note in found.refused] == [
        "row 3, FileNumber: Row 2 has this number in this register already."
    ]
    assert [draft.name for draft in found.drafts] == ["Cornish Pasty"]


def test_the_same_number_in_another_register_is_another_right() -> None:
    assert len(reading(a_uk_row(), a_uk_row(Register="Wines")).drafts) == 2


def test_gaps_of_the_source_are_taken_with_a_remark() -> None:
    found = reading(
        a_uk_row(DateRegistration="", FileNumber="1"),
        a_uk_row(ApplicationDate="22/07/2011", FileNumber="2"),
        a_uk_row(FileNumber="PGI-1 Minor"),
        a_uk_row(LegalInstrument="", ApplicationDate="", FileNumber="4"),
    )

    assert len(found.drafts) == 4
    assert [(note.row, note.column) for note in found.remarks] == [
        (2, "DateRegistration"),
        (3, "ApplicationDate"),
        (4, "FileNumber"),
    ]


def test_no_break_spaces_and_doubled_blanks_are_evened_out() -> None:
    (draft,) = reading(a_uk_row(Name="Saucisson  sec\u00a0")).drafts

    assert draft.name == "Saucisson sec"


def test_empty_rows_are_passed_over() -> None:
    assert reading(dict.fromkeys(UK_HEADERS, "")).refused == ()


def test_columns_that_nobody_knows_are_refused_as_a_whole() -> None:
    with pytest.raises(UnknownColumns) as refused:
        read_register(["name", "number"], [], today=TODAY)

    assert "authority" in refused.value.missing


def test_the_own_template_is_read_with_iso_days() -> None:
    cells = {
        "name": "阳曲小米",
        "number": "AGI2011-03-00123",
        "register": "MARA",
        "authority": "Ministry of Agriculture",
        "kind": "gi_agricultural",
        "country": "中国",
        "status": "registered",
        "registered_on": "2011-12-20",
    }

    (draft,) = read_register(OWN.headers.values(), [(2, cells)], today=TODAY).drafts

    assert (draft.name, draft.country, draft.registered_on) == (
        "阳曲小米",
        "CN",
        date(2011, 12, 20),
    )
