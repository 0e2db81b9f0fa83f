"""The examples in the docstrings of this room."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize(
    "name", ["application_rules", "periods", "quota_rules", "report_rules", "rules"]
)
def test_examples_in_docstrings(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"originmark.mark.licensing.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
