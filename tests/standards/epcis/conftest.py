"""Where the published vectors are, if they are."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def vectors() -> Path:
    """The folder of published EPCIS documents; skips where it is absent."""
    shared = Path(os.environ.get("ORIGINMARK_SHARED", ROOT.parent / "shared"))
    folder = shared / "vectors" / "epcis"
    if not folder.is_dir():
        pytest.skip(f"the published vectors are not at {folder} (set ORIGINMARK_SHARED)")
    return folder
