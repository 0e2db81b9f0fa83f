"""Make the fonts of this folder anew: ``python refresh.py`` with npm and fonttools at hand.

    python -m venv /tmp/fonttools && /tmp/fonttools/bin/pip install fonttools
    /tmp/fonttools/bin/python src/originmark/mark/labels/fonts/refresh.py

Takes Noto Sans and Noto Sans SC from npm, keeps the letters that labels need, and writes
manifest.toml. Chinese is cut into the two levels of GB 2312, so that no file is unwieldy.
"""

import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
LATIN, CHINESE = "@expo-google-fonts/noto-sans@0.4.2", "@expo-google-fonts/noto-sans-sc@0.4.3"


def european() -> set[int]:
    """Return Latin with Vietnamese, Greek, Cyrillic, punctuation, currency and units."""
    blocks = [
        (0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF),
        (0x400, 0x45F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20C0),
        (0x2100, 0x214F), (0x2190, 0x2193), (0x2200, 0x2265), (0x25A0, 0x25CF),
    ]  # fmt: skip
    return {point for first, last in blocks for point in range(first, last + 1)}


def gb2312(first_row: int, last_row: int) -> set[int]:
    """Return the characters in some rows of GB 2312."""

    def characters() -> Iterator[int]:
        for row in range(first_row, last_row + 1):
            for cell in range(1, 95):
                try:
                    yield ord(bytes([row + 0xA0, cell + 0xA0]).decode("gb2312"))
                except UnicodeDecodeError:
                    continue

    return set(characters())


# file, package, font in the package, family it is given, letters kept
CUTS = [
    ("NotoSans-Regular.ttf", LATIN, "400Regular/NotoSans_400Regular.ttf", "Noto Sans", european()),
    ("NotoSans-Bold.ttf", LATIN, "700Bold/NotoSans_700Bold.ttf", "Noto Sans", european()),
    (
        "NotoSansSC-Level1.ttf", CHINESE, "500Medium/NotoSansSC_500Medium.ttf",
        "Noto Sans SC Level 1", gb2312(1, 3) | gb2312(16, 55),
    ),
    (
        "NotoSansSC-Level2.ttf", CHINESE, "500Medium/NotoSansSC_500Medium.ttf",
        "Noto Sans SC Level 2", gb2312(56, 87),
    ),
]  # fmt: skip


def unpack(package: str, folder: Path) -> Path:
    """Return the folder of an npm package, fetched once."""
    target = folder / package.replace("/", "+")
    if not target.exists():
        target.mkdir()
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "pack", "--silent", package], cwd=target, check=True)  # noqa: S603
        with tarfile.open(next(target.glob("*.tgz"))) as archive:
            archive.extractall(target, filter="data")
    return target / "package"


def cut(source: Path, target: Path, family: str, points: set[int]) -> None:
    """Write the part of a font that holds some letters, under a family name of its own."""
    options = subset.Options(
        layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], hinting=False
    )
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    rename(font, family)
    font.save(target)


def rename(font: TTFont, family: str) -> None:
    """Give a font a family name; Noto reserves none (OFL 1.1)."""
    style = "Bold" if font["OS/2"].usWeightClass >= 700 else "Regular"
    names = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    for record in list(font["name"].names):
        if record.nameID in {16, 17, 21, 22, 25}:
            font["name"].removeNames(nameID=record.nameID)
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)


def main() -> None:
    """Fetch, cut, and write the manifest."""
    lines = ["# Written by refresh.py. Fonts under the SIL Open Font Licence 1.1, see OFL-*.txt.\n"]
    with tempfile.TemporaryDirectory() as folder:
        for name, package, path, family, points in CUTS:
            source = unpack(package, Path(folder))
            cut(source / path, HERE / name, family, points)
            digest = hashlib.sha256((HERE / name).read_bytes()).hexdigest()
            lines.append(
                f'\n["{name}"]\nsource = "npm:{package}"\nfont = "{path}"\n'
                f'family = "{family}"\nlicence = "OFL-1.1"\nsha256 = "{digest}"\n'
            )
        for name, package in (("OFL-NotoSans.txt", LATIN), ("OFL-NotoSansSC.txt", CHINESE)):
            licence = unpack(package, Path(folder)) / "LICENSE_FONT"
            (HERE / name).write_bytes(licence.read_bytes())
    (HERE / "manifest.toml").write_text("".join(lines))


if __name__ == "__main__":
    main()
