"""The tables of GS1 Digital Link compression: how the value of each identifier is laid out.

A value is one component or two: ``N6`` is six digits, ``N..8`` up to eight, ``X..20`` up to twenty
characters, ``X3`` exactly three. A frequent pair of identifiers has a code of its own.

Source: GS1 Digital Link Standard: Compression, tables F, P and Opt; the components as in the GS1
Barcode Syntax Dictionary.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, log2

_LAYOUTS = """
N18        00 8006 8017 8018 8026
N14        01 02 03 8001
X..20      10 21 22 243 254 420 710-717 4318 7020-7022 7240 8002 8012
N6         11-13 15-17 4326 7006 8005
N6         3100-3105 3110-3115 3120-3125 3130-3135 3140-3145 3150-3155 3160-3165 3200-3205
N6         3210-3215 3220-3225 3230-3235 3240-3245 3250-3255 3260-3265 3270-3275 3280-3285
N6         3290-3295 3300-3305 3310-3315 3320-3325 3330-3335 3340-3345 3350-3355 3360-3365
N6         3370-3375 3400-3405 3410-3415 3420-3425 3430-3435 3440-3445 3450-3455 3460-3465
N6         3470-3475 3480-3485 3490-3495 3500-3505 3510-3515 3520-3525 3530-3535 3540-3545
N6         3550-3555 3560-3565 3570-3575 3600-3605 3610-3615 3620-3625 3630-3635 3640-3645
N6         3650-3655 3660-3665 3670-3675 3680-3685 3690-3695 3950-3955
N2         20 7241
X..28      235
X..30      240 241 250 251 400 401 403 4308 4319 7002 7023 7230-7239 8004 8010 90
N..6       242
N13,X..17  253
N13,N..12  255
N..8       30 37
N..15      3900-3909 3920-3929
N3,N..15   3910-3919 3930-3939
N4         3940-3943 8111
N17        402
N13        410-417 7001
N3,X..9    421
N3         422 424 426
N3,N..12   423 425
X..3       427 7008
X..35      4300 4301 4310 4311 4320
X..70      4302-4306 4312-4316 7257 8110 8112 8200
X2         4307 4317
N20        4309
N1         4321-4323 7252
N10        4324 4325 7003
N6,X..1    4330-4333
N..4       7004
X..12      7005
N6,N..6    7007
X..10      7009 7255
X..2       7010
N6,N..4    7011
N3,X..27   7030-7039
N1,X3      7040
X..4       7041
X..25      7242 8013 8014 8020
N8         7250
N12        7251
X..40      7253 7254 7259
X..90      7256 8030 91-99
X3         7258
N14,X..16  8003
X..34      8007
N8,N..4    8008
X..50      8009
N..12      8011
N..10      8019
N15        8040 8041
N32        8042
N18,N..2   8043
"""

# Two or more identifiers that often stand together, under one code of eight bits.
SEQUENCES: dict[str, tuple[str, ...]] = {
    "0A": ("01", "22"), "0B": ("01", "10"), "0C": ("01", "21"), "0D": ("01", "17"),
    "0E": ("01", "7003"), "0F": ("01", "30"), "1A": ("01", "10", "21", "17"), "1B": ("01", "15"),
    "1C": ("01", "11"), "1D": ("01", "16"), "1E": ("01", "91"), "1F": ("01", "10", "15"),
    **{f"2{code}": ("01", f"310{place}") for place, code in enumerate("ABCDEF")},
    **{f"3{code}": ("01", f"320{place}") for place, code in enumerate("ABCDEF")},
    "9A": ("8010", "8011"), "9B": ("8017", "8019"), "9C": ("8018", "8019"), "9D": ("414", "254"),
    **{f"A{place}": ("01", f"392{place}") for place in range(10)},
    **{f"C{place}": ("255", f"390{place}") for place in range(10)},
    **{f"C{code}": ("255", f"394{place}") for place, code in enumerate("ABCD")},
}  # fmt: skip
# GS1's own toolkit sorts its table when it starts, so that it writes these in another order than
# they are listed in. Links of both kinds are about: we read both and write neither.
TWO_ORDERS = ("1A", "9D")
AS_SORTED = {**SEQUENCES, **{code: tuple(sorted(SEQUENCES[code])) for code in TWO_ORDERS}}


@dataclass(frozen=True, slots=True)
class Component:
    """A stretch of a value: digits alone or any characters, of one length or up to one."""

    is_numeric: bool
    length: int
    is_fixed: bool

    @property
    def length_bits(self) -> int:
        """How many bits say how long the stretch is; none where its length is fixed."""
        return 0 if self.is_fixed else ceil(log2(self.length) + 0.01)


def value_bits(digits: int) -> int:
    """Return how many bits a number of so many digits takes.

    >>> [value_bits(digits) for digits in (1, 6, 14, 18)]
    [4, 20, 47, 60]
    """
    return ceil(digits * log2(10) + 0.01)


def _component(text: str) -> Component:
    return Component(
        is_numeric=text[0] == "N", length=int(text[1:].lstrip(".")), is_fixed="." not in text
    )


def _identifiers(text: str) -> Iterator[str]:
    first, _, last = text.partition("-")
    for number in range(int(first), int(last or first) + 1):
        yield str(number).zfill(len(first))


def _formats() -> dict[str, tuple[Component, ...]]:
    formats = {}
    for line in _LAYOUTS.split("\n"):
        layout, *named = line.split() or [""]
        components = tuple(_component(part) for part in layout.split(",") if part)
        formats.update({ai: components for text in named for ai in _identifiers(text)})
    return formats


FORMATS: dict[str, tuple[Component, ...]] = _formats()
# The first two digits tell how many an identifier has.
AI_LENGTHS: dict[str, int] = {ai[:2]: len(ai) for ai in FORMATS}
