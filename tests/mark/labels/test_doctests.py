"""The examples in the docstrings of this room."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize(
    "name",
    [
        "serials",
        "spans",
        "printing.letters",
        "reconciling",
        "box_selectors",
        "box_services",
        "commitment_rules",
        "watch.copies",
        "watch.rules",
        "artwork.rules",
        "artwork.picture_rules",
    ],
)
def test_examples_in_docstrings(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"originmark.mark.labels.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
