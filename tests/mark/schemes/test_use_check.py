"""Rules of use that do not add up are refused."""

import pytest
from builders.rulebooks import a_use_rules_text

from originmark.mark.schemes.rulebook_check import Surroundings, check

TEXT = a_use_rules_text("yangqu")


def findings(text: str) -> list[str]:
    around = Surroundings(lambda code: code == "yangqu", lambda _: False, lambda _: ())
    rules, found = check(text, around)
    assert (rules is None) == bool(found)
    return [str(each) for each in found]


def test_rules_that_add_up_have_no_finding() -> None:
    assert findings(TEXT) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('brand = "yangqu"', 'brand = "nobody"', "There is no brand nobody"),
        ("report_every_months = 6\n", "", "report_every_months does not say how often"),
        ('child_brand = "forbidden"', 'child_brand = "maybe"', "Known are needs-consent, free,"),
        (
            'child_brand = "forbidden"',
            'unchecked_artwork = "fine"',
            "Known are warning, refusal",
        ),
        ('key = "product-of-brand"', 'key = "good-will"', "There is no key good-will"),
        (
            'key = "certificate-in-force"',
            'key = "star-in-force"',
            "Only the condition certificate-in-force names a certificate, not star-in-force.",
        ),
        ('chapter = "exit"', 'chapter = "epilogue"', "There is no chapter epilogue"),
        ('by = "output"', 'by = "wish"', "There is no by wish. Known are output."),
        ("tolerance_share = 0.05", "tolerance_share = 5", "0.05 is 5 %."),
        ('source = "Made up for tests"', 'source = " "', "The source is missing"),
    ],
)
def test_what_is_wrong_is_told(old: str, new: str, said: str) -> None:
    found = findings(TEXT.replace(old, new, 1))

    assert len(found) == 1, found
    assert said in found[0]


def test_the_same_condition_twice_points_at_the_first() -> None:
    start, end = TEXT.index("[[condition]]"), TEXT.index("[[clause]]")

    found = findings(TEXT[:end] + TEXT[start:end] + TEXT[end:])

    first = TEXT[:start].count("\n") + 2
    assert f"Line {first - 1} rules the same already" in found[0]
    assert len(found) == 2
