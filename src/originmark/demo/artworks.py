"""Labels of the demonstration county: one approved, one with findings, and a template."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import segno
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from originmark.demo import catalogue, people
from originmark.demo.people import Doors
from originmark.frame.web.typesetting import FONTS
from originmark.mark.labels import services
from originmark.mark.labels.services import ArtworkDraft, DesignAsked, LabelContent
from originmark.origin.parties import access
from originmark.origin.products import selectors as products

SIZE = WIDTH, HEIGHT = 1200, 1600  # points
WIDTH_MM = Decimal(100)
PLAIN, CHINESE = FONTS / "NotoSans-Regular.ttf", FONTS / "NotoSansSC-Level1.ttf"


def check_labels(*, now: datetime) -> None:
    """Let one cooperative have its label approved, and the other read what is wrong with its."""
    shared = Doors(by=access.SYSTEM, now=now)
    today = timezone.localdate(now)
    good = services.record_artwork(_draft(catalogue.EAST_500, _good(), today), **shared)
    code = f"{settings.PUBLIC_URL}/01/{good.says.gtin}"
    _send(good.number, _picture(good.says, code, margin=4), **shared)
    services.tick_artwork(good.number, services.BY_EYE, **shared)
    services.approve_artwork(good.number, **shared)
    bad = services.record_artwork(_draft(catalogue.WEST_1000, _bad(), today), **shared)
    _send(bad.number, _picture(bad.says, "https://elsewhere.example/", margin=1), **shared)
    asked = DesignAsked(
        product_code=catalogue.EAST_500, market="CN", category="food",
        print_on=today + timedelta(days=14), panel="bag-100x140", language="zh-hans",
        brand_code=catalogue.BRAND,
    )  # fmt: skip
    services.take_template(asked, **shared)


def _draft(product: str, content: LabelContent, today: date) -> ArtworkDraft:
    return ArtworkDraft(
        product_code=product, market="CN", category="food", print_on=today + timedelta(days=14),
        content=content, brand_code=catalogue.BRAND,
    )  # fmt: skip


def _good() -> LabelContent:
    product = products.product(catalogue.EAST_500)
    return LabelContent(
        name="东山小米", organisation=people.ORGANISATIONS[people.EAST][2],
        address="阳曲县东山村（演示）", contact="0351-0000000", origin="山西省阳曲县",
        net_content=Decimal(500), production_date="YYYY-MM-DD", expiry_date="YYYY-MM-DD",
        shelf_life_months=12, ingredients="谷子", allergens="无", storage="阴凉干燥处保存",
        gtin=product.gtin, standard_code="Q/DEMO 0001S", production_licence="SC00000000000000",
        traceability="扫描二维码", instructions="煮粥食用",
    )  # fmt: skip


def _bad() -> LabelContent:
    plain = LabelContent(
        name="西山小米 零添加", organisation=people.ORGANISATIONS[people.WEST][2],
        net_content=Decimal(900), production_date="15.10.2026", ingredients="谷子",
        claims="零添加", star_count=4, has_gi_sign=True,
    )  # fmt: skip
    return replace(plain, traceability="扫描二维码")


def _send(number: str, picture: bytes, *, by: access.Actor, now: datetime) -> None:
    file = SimpleUploadedFile("label.png", picture, "image/png")
    services.add_artwork_picture(number, file, WIDTH_MM, by=by, now=now)


def _picture(says: LabelContent, code: str, *, margin: int) -> bytes:
    """Draw a plain label: words above, the code below, a line that many squares beside it."""
    label = Image.new("RGB", SIZE, "#fffdf5")
    pen = ImageDraw.Draw(label)
    pen.rectangle((0, 0, WIDTH, 250), fill="#7a1f1f")
    _write(pen, 75, says.name, size=96, colour="white")
    words = (
        f"净含量：{says.shown('net_content')} {says.net_unit}", f"配料：{says.ingredients}",
        f"生产者：{says.organisation}", f"地址：{says.address}", f"贮存条件：{says.storage}",
        f"产品标准代号：{says.standard_code}", f"生产日期：{says.production_date}",
        says.claims, "演示 · DEMONSTRATION",
    )  # fmt: skip
    for place, line in enumerate(words):
        _write(pen, 300 + 72 * place, line, size=44, colour="#222222")
    drawn = io.BytesIO()
    segno.make_qr(code, error="m").save(drawn, kind="png", scale=11, border=4)
    square = Image.open(drawn).convert("RGB")
    left, top = WIDTH - square.width - 60, HEIGHT - square.height - 60
    label.paste(square, (left, top))
    beside = left + 11 * (4 - margin) - 4
    pen.line((beside, top, beside, top + square.height), fill="#7a1f1f", width=6)
    written = io.BytesIO()
    label.save(written, "PNG")
    return written.getvalue()


def _write(pen: ImageDraw.ImageDraw, top: int, text: str, *, size: int, colour: str) -> None:
    """Write a line, letter by letter: no font here has both Latin and Chinese."""
    left, base = 60.0, top + size
    for letter in text:
        font = ImageFont.truetype(str(PLAIN if ord(letter) < 0x2E80 else CHINESE), size)
        pen.text((left, base), letter, font=font, fill=colour, anchor="ls")
        left += font.getlength(letter)
