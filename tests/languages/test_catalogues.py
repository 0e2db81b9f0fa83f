"""What a shopper sees is complete in Vietnamese and Chinese, and compiled as it stands."""

from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "src" / "originmark" / "locale"
SEEN_BY_SHOPPERS = (
    "mark/passport/",
    "mark/evaluation/templates/evaluation/certificate.html",
    "mark/evaluation/templates/evaluation/public_minutes.html",
    "mark/evaluation/templates/evaluation/star.html",
    "mark/evaluation/templates/evaluation/star_best.html",
    "mark/evaluation/templates/evaluation/star_register.html",
    "mark/licensing/templates/licensing/user_list.html",
    "mark/schemes/gi_papers/",
    "mark/schemes/gi_public_forms.py",
    "mark/schemes/templates/schemes/_gi_properties.html",
    "mark/schemes/templates/schemes/_gi_specification.html",
    "mark/schemes/templates/schemes/gi_decision.html",
    "mark/schemes/templates/schemes/gi_oppose.html",
    "mark/schemes/templates/schemes/gi_public.html",
    "frame/web/templates/web/_table.html",
    "frame/web/templates/public.html",
    "frame/web/templates/web/landing.html",
    "frame/web/templates/web/_brand.html",
    "frame/web/templates/web/_preferences.html",
    "frame/web/templates/web/_footer.html",
    "frame/web/templates/web/_demonstration.html",
    "frame/web/templates/web/refusal.html",
    "frame/web/templates/web/_field.html",
    "frame/web/templates/web/_form_fields.html",
    "frame/web/templates/web/_print_head.html",
    "frame/web/middleware.py",
    "mark/labels/templates/labels/box_look.html",
    "mark/labels/templates/labels/commitment.html",
    "mark/labels/templates/labels/watch/receipt.html",
    "mark/labels/templates/labels/watch/report.html",
    "frame/web/error_pages.py",
    "frame/web/limits.py",
    "frame/web/maps.py",
)
NOT_ON_A_PAGE = ("apps.py", "models.py")  # names for the administration


def is_seen(entry: polib.POEntry) -> bool:
    places = [place for place, _line in entry.occurrences if not place.endswith(NOT_ON_A_PAGE)]
    return any(part in place for place in places for part in SEEN_BY_SHOPPERS)


@pytest.mark.parametrize("language", ["vi", "zh_Hans"])
def test_a_shopper_reads_no_english(language: str) -> None:
    entries = polib.pofile(LOCALE / language / "LC_MESSAGES" / "django.po")
    seen = [entry for entry in entries if is_seen(entry)]

    assert len(seen) > 80
    assert [entry.msgid for entry in seen if not entry.translated()] == []


@pytest.mark.parametrize("language", ["vi", "zh_Hans"])
def test_each_translation_names_the_same_facts(language: str) -> None:
    entries = polib.pofile(LOCALE / language / "LC_MESSAGES" / "django.po")
    for entry in (each for each in entries if each.translated() and each.msgstr):
        facts = {word.split(")")[0] for word in entry.msgid.split("%(")[1:]}
        said = {word.split(")")[0] for word in entry.msgstr.split("%(")[1:]}
        assert facts == said, entry.msgid


@pytest.mark.parametrize("language", ["vi", "zh_Hans"])
def test_the_compiled_catalogue_is_fresh(language: str) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    written = {e.msgid: e.msgstr for e in polib.pofile(folder / "django.po") if e.translated()}
    compiled = {e.msgid: e.msgstr for e in polib.mofile(folder / "django.mo")}
    assert compiled == written
