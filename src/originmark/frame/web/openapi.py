"""The description of the JSON API: what every operation can refuse is written into it once."""

from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from originmark.frame.web.problems import MEDIA_TYPE

PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "A problem document (RFC 9457). Read `type`; the words may change.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "pattern": "^urn:originmark:refusal:"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "facts": {"type": "object"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}
ALWAYS = (400, 404, 422, 429)
WITH_CREDENTIALS = (401, 403)
WHEN_WRITING = (409,)
READING = ("get", "head")


class DocumentedAPI(NinjaAPI):
    """An API whose description names the problem documents beside the good answers."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the description with what can be refused."""
        described = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        described["components"]["schemas"]["Problem"] = PROBLEM
        for methods in described["paths"].values():
            for method, operation in methods.items():
                _add_problems(method, operation)
        return described


def _add_problems(method: str, operation: dict[str, Any]) -> None:
    statuses = [*ALWAYS]
    if operation.get("security"):
        statuses += WITH_CREDENTIALS
    if method not in READING:
        statuses += WHEN_WRITING
    for status in sorted(statuses):
        operation["responses"].setdefault(
            status,
            {
                "description": HTTPStatus(status).phrase,
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        )
