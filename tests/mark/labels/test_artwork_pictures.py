"""What is read off the picture of a label: size, codes, margin, contrast, tilt."""

from decimal import Decimal
from pathlib import Path

import pytest
from builders.artwork import a_code, a_picture, png
from PIL import Image, ImageDraw, ImageOps

from originmark.mark.labels.artwork import picture_limits, picture_rules, pictures
from originmark.mark.labels.artwork.rulesets import RulesetRefused

LIMITS = picture_limits.limits()


def on_paper(code: Image.Image, *, colour: str = "white") -> Image.Image:
    paper = Image.new("RGB", (700, 700), colour)
    paper.paste(code, (150, 150))
    return paper


def found(picture: Image.Image, width_mm: str = "59") -> list[str]:
    measured = pictures.measure(png(picture))
    assert len(measured.symbols) == 1
    told = picture_rules.check(
        measured, Decimal(width_mm), LIMITS, public_url="https://a.cn", path="01/1"
    )
    return [f"{each.code} {each.found}" for each in told]


@pytest.mark.parametrize(
    ("text", "width_mm", "expected"),
    [
        ("https://a.cn/01/1/10/L1", Decimal(31), []),
        ("https://a.cn/01/12", Decimal(31), ["code-leads"]),
        ("https://b.cn/01/1", Decimal(31), ["code-leads"]),
        ("https://a.cn/01/1", Decimal(30), ["code-size"]),
        ("https://a.cn/01/1", Decimal(13), ["code-size", "code-module"]),
        ("https://a.cn/01/1", Decimal(32), ["dpi"]),
    ],
)
def test_size_and_address(text: str, width_mm: Decimal, expected: list[str]) -> None:
    measured = pictures.measure(a_picture(text).read())
    assert (measured.width_px, measured.symbols[0].side_px) == (370, 290)
    told = picture_rules.check(measured, width_mm, LIMITS, public_url="https://a.cn", path="01/1")
    assert [each.code for each in told] == expected


def test_a_good_code_measures_as_it_was_drawn() -> None:
    (symbol,) = pictures.measure(png(a_code())).symbols
    assert (symbol.modules, symbol.quiet_modules, symbol.contrast_percent) == (29, 4.0, 100)
    assert (symbol.tilt_degrees, symbol.is_inverted) == (0.0, False)
    assert found(on_paper(a_code())) == []


@pytest.mark.parametrize("margin", [1, 2, 3])
def test_a_line_beside_the_code_narrows_its_margin(margin: int) -> None:
    paper = on_paper(a_code())
    left = 190 - margin * 10  # the code begins at 150 + 4 modules of 10 points
    ImageDraw.Draw(paper).line([(left - 3, 0), (left - 3, 700)], fill="black", width=4)
    squares = margin * 59 / 700 * 10
    assert found(paper) == [f"code-margin {squares:.1f} mm ({margin}/4)"]


def test_the_edge_of_the_picture_ends_the_margin() -> None:
    assert found(a_code(border=2), "27")[-1] == "code-margin 1.6 mm (2/4)"


@pytest.mark.parametrize(
    ("dark", "light", "percent"),
    [("#333333", "#ffffff", None), ("#777777", "#ffffff", 82), ("#777777", "#cccccc", 42)],
)
def test_contrast_is_of_light_and_not_of_numbers(
    dark: str, light: str, percent: int | None
) -> None:
    told = found(on_paper(a_code(dark=dark, light=light), colour=light))
    assert told == ([f"code-contrast {percent} %"] if percent and percent < 70 else [])


def test_a_light_code_on_dark_ground_is_pointed_out() -> None:
    assert found(on_paper(ImageOps.invert(a_code()), colour="black")) == ["code-inverted "]


@pytest.mark.parametrize(("degrees", "expected"), [(3, []), (12, ["code-tilt 12°"])])
def test_a_tilted_code_is_measured_like_a_straight_one(degrees: int, expected: list[str]) -> None:
    turned = on_paper(a_code()).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    (symbol,) = pictures.measure(png(turned)).symbols
    assert symbol.quiet_modules is not None
    assert symbol.quiet_modules >= 4
    told = found(turned)
    assert [each.split(".")[0].rstrip("°") for each in told] == [
        each.rstrip("°") for each in expected
    ]


def test_what_is_transparent_shows_the_paper() -> None:
    code = a_code()
    code.putalpha(ImageOps.invert(code.convert("L")))
    assert found(code, "31") == []


def test_pictures_measured_before_have_no_new_findings() -> None:
    told = {"width_px": 370, "height_px": 370, "symbols": [{"text": "x", "side_px": 290}]}
    measured = picture_rules.Measured.from_json(told)
    checked = picture_rules.check(
        measured, Decimal(31), LIMITS, public_url="https://a.cn", path="01/1"
    )
    assert [each.code for each in checked] == ["code-leads"]


def test_limits_are_data(tmp_path: Path) -> None:
    text = picture_limits.SHIPPED.read_text(encoding="utf-8")
    own = tmp_path / "picture" / "limits.toml"
    own.parent.mkdir()
    own.write_text(text.replace("value = 70", "value = 40"), encoding="utf-8")
    assert picture_limits.limits(str(tmp_path)).contrast_percent.value == 40
    assert picture_limits.limits(str(tmp_path / "nowhere")) == LIMITS
    assert {each.basis for each in (LIMITS.dpi, LIMITS.quiet_modules)} <= set(picture_limits.BASES)


@pytest.mark.parametrize(
    ("old", "new"),
    [("[dpi]", "[dots]"), ('severity = "must"', 'severity = "law"'), ("value = 70", 'value = "x"')],
)
def test_broken_limits_are_refused(old: str, new: str) -> None:
    text = picture_limits.SHIPPED.read_text(encoding="utf-8")
    with pytest.raises(RulesetRefused):
        picture_limits.read(text.replace(old, new), "limits.toml")
