"""Set a page from a template of this folder: tagged PDF, with every font inside."""

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent


def pdf(template: str, content: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return the PDF of ``<template>.typ``, which reads ``content`` from ``<template>.json``."""
    with tempfile.TemporaryDirectory(prefix=f"{template}-") as folder:
        root = Path(folder)
        (root / f"{template}.typ").write_bytes((HERE / f"{template}.typ").read_bytes())
        text = json.dumps(content, ensure_ascii=False)
        (root / f"{template}.json").write_text(text, encoding="utf-8")
        made: bytes = typst.compile(
            root / f"{template}.typ", root=root, format="pdf", font_paths=[HERE / "fonts"],
            ignore_system_fonts=True, pdf_standards=["ua-1"],
            timestamp=made_at.replace(microsecond=0),  # typst takes whole seconds only
        )  # fmt: skip
    return made
