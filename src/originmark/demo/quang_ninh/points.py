"""The office's own version of the scheme: what the text in force leaves to fill in.

No source gives the table of points in force, the size of a council or its quorum, so the province
of the demonstration fills them in, and each says that it is made up.
"""

from datetime import date, datetime
from typing import Final

from originmark.mark.schemes import selectors as schemes
from originmark.mark.schemes import services
from originmark.origin.parties import access

SCHEME: Final = "ocop"
FRAME, OWN = 3, 4
SET: Final = "demonstration"
SEATS: Final = 7

_FILLED_IN: Final = """

[council]
members_at_least = 7
quorum_share = 0.6667
spread_notice_points = 15

[[source]]
text = "A council of seven, its quorum and the notice of spread: made up for the demonstration"
confidence = "unverified"
"""
_HEAD: Final = """\
[product_set]
scheme = "ocop"
version = 4
code = "demonstration"
name = "Demonstration table of points (made up)"
name_vi = "Bảng điểm minh họa (không có thật)"
subgroups = [{subgroups}]
source = "Made up for the demonstration: an office imports its own table of points"
"""
_SECTION: Final = """
[[section]]
code = "{part}"
part = "{part}"
name = "{name}"
name_vi = "{vietnamese}"
max_points = {points}
"""
_CRITERION: Final = """
[[criterion]]
section = "{part}"
code = "{code}"
name = "{name}"
name_vi = "{vietnamese}"
max_points = {points}
"""
_OPTION: Final = """
[[option]]
criterion = "{code}"
points = {points}
text = "{text}"
text_vi = "{vietnamese}"
"""
_KNOCK_OUT: Final = """\
knock_out = "The proof of food safety belongs to another product (demonstration)"
knock_out_vi = "Minh chứng an toàn thực phẩm là của sản phẩm khác (minh họa)"
"""
KNOCK_OUT: Final = "C.1"
CRITERIA: Final = (
    ("A.1", 10, "Raw material of the place", "Nguyên liệu địa phương"),
    ("A.2", 10, "Work for the people of the place", "Lao động địa phương"),
    ("A.3", 10, "Way of making", "Quy trình sản xuất"),
    ("A.4", 10, "Environment", "Bảo vệ môi trường"),
    ("B.1", 5, "Packaging", "Bao bì"),
    ("B.2", 5, "Label", "Nhãn hàng"),
    ("B.3", 5, "Story", "Câu chuyện sản phẩm"),
    ("B.4", 5, "Where it is sold", "Kênh bán hàng"),
    ("B.5", 5, "Fairs", "Hội chợ"),
    ("C.1", 15, "Food safety", "An toàn thực phẩm"),
    ("C.2", 10, "Look and taste", "Cảm quan"),
    ("C.3", 10, "Control of quality", "Kiểm soát chất lượng"),
)
PARTS: Final = (
    ("A", 40, "Product and community", "Sản phẩm và cộng đồng"),
    ("B", 25, "Marketing", "Tiếp thị"),
    ("C", 35, "Quality", "Chất lượng"),
)
ANSWERS: Final = (
    ("Nothing", "Không có"),
    ("Begun", "Mới bắt đầu"),
    ("In part", "Một phần"),
    ("Mostly", "Phần lớn"),
    ("Well", "Tốt"),
    ("Exemplary", "Xuất sắc"),
)
"""Each criterion has the same six answers: a fifth of its points more from one to the next."""


def fill_in(today: date, *, now: datetime) -> None:
    """Load what is shipped, and the province's own version with a table of points."""
    services.load_shipped(by=access.SYSTEM, now=now)
    services.load_rulebook(_own_version(today), by=access.SYSTEM, now=now)
    services.load_criteria(_table_of_points(), by=access.SYSTEM, now=now)


def _own_version(today: date) -> str:
    frame = schemes.rulebook(SCHEME, FRAME)
    begins = max(date(today.year - 1, 12, 1), frame.valid_from.replace(day=7))
    text = services.beginning(frame).replace(
        f"valid_from = {frame.valid_from}", f"valid_from = {begins}"
    )
    title = "OCOP as the office of Quang Ninh fills it in (demonstration)"
    return text.replace(f'title = "{frame.title}"', f'title = "{title}"') + _FILLED_IN


def _table_of_points() -> str:
    scheme = schemes.star_scheme(SCHEME, OWN)
    codes = [
        code
        for group in scheme.groups
        for code in [each.code for each in group.subgroups] or [group.code]
    ]
    found = [_HEAD.format(subgroups=", ".join(f'"{code}"' for code in codes))]
    for part, points, name, vietnamese in PARTS:
        found.append(_SECTION.format(part=part, points=points, name=name, vietnamese=vietnamese))
    for code, points, name, vietnamese in CRITERIA:
        found.append(
            _CRITERION.format(
                part=code[0], code=code, points=points, name=name, vietnamese=vietnamese
            )
        )
        if code == KNOCK_OUT:
            found.append(_KNOCK_OUT)
        found += [
            _OPTION.format(
                code=code, points=points * n // 5, text=f"{text} (demo)", vietnamese=words
            )
            for n, (text, words) in enumerate(ANSWERS)
        ]
    return "".join(found)
