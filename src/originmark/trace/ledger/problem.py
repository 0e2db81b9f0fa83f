"""A problem under the name that EPCIS has for it."""

from typing import Any

EXCEPTIONS = {
    400: "ValidationException",
    401: "SecurityException",
    403: "SecurityException",
    404: "NoSuchResourceException",
    405: "UnsupportedOperationException",
    406: "NotAcceptableException",
    409: "ResourceAlreadyExistsException",
    413: "CaptureLimitExceededException",
    414: "URITooLongException",
    415: "UnsupportedMediaTypeException",
    422: "ValidationException",
}


class EpcisProblem(Exception):
    """An answer other than the one that was asked for, under its EPCIS name."""

    def __init__(self, status: int, detail: str, exception: str = "", **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.more = status, detail, more
        self.exception = exception or EXCEPTIONS[status]
