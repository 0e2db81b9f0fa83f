"""What the JSON API takes from outside, before any room reads it."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.pagination import LimitOffsetPagination
from ninja.parser import Parser
from pydantic import Field

Offset = Annotated[int, Field(ge=0, le=10**9)]
Limit = Annotated[int, Field(ge=1, le=1000)]


class Pages(LimitOffsetPagination):
    """Pages of a list by ``limit`` and ``offset``, within what a database can count."""

    class Input(LimitOffsetPagination.Input):
        """Which part of the list is wanted."""

        limit: Limit = 100
        offset: Offset = 0


class TextParser(Parser):
    """Reads only text that every database can keep: no NUL, no half of a surrogate pair."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the body; raises ValueError, which ninja answers with 400."""
        body = super().parse_body(request)
        check_text(body)
        return body

    def parse_querydict(
        self, data: "MultiValueDict[str, str]", list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Return the parameters without the NULs in them, as searches on pages do.

        Files come here too; what is in them is no matter of text.
        """
        clean: MultiValueDict[str, Any] = MultiValueDict(
            {name: [_without_nul(each) for each in data.getlist(name)] for name in data}
        )
        return super().parse_querydict(clean, list_fields, request)


def _without_nul(value: Any) -> Any:
    return value.replace("\x00", "") if isinstance(value, str) else value


def check_text(value: Any) -> None:
    """Raise ValueError where a text within the value cannot be stored."""
    if isinstance(value, str):
        value.encode()
        if "\x00" in value:
            raise ValueError("a text has a NUL character")
    elif isinstance(value, list):
        for each in value:
            check_text(each)
    elif isinstance(value, dict):
        check_text([*value.keys(), *value.values()])
