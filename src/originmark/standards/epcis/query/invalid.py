"""A query that cannot be answered, and why."""


class QueryInvalid(ValueError):
    """A parameter is unknown or has a value that it cannot have.

    EPCIS calls it QueryParameterException: ``name`` is the parameter, ``found`` what was given,
    ``expected`` what would have done.
    """

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(f"{name}: found {found}, expected {expected}.")
        self.name, self.found, self.expected = name, found, expected
