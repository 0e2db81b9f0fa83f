"""One context for events of different documents, as long as nobody's words change their meaning."""

from typing import Any

import pytest

from originmark.standards.epcis.contexts import STANDARD_CONTEXTS, merged, plain_prefixes
from originmark.standards.epcis.documents import STANDARD_CONTEXT

ONE = [STANDARD_CONTEXT, {"ex": "https://one.example/"}]
OTHER = [STANDARD_CONTEXT, {"ex": "https://two.example/"}]
FOREIGN = [STANDARD_CONTEXT, "https://example.org/context.jsonld"]


@pytest.mark.conforms("D-g")
@pytest.mark.parametrize("address", sorted(STANDARD_CONTEXTS))
def test_every_address_of_the_standard_context_means_the_same(address: str) -> None:
    common, stands = merged([address, [address, {"ex": "https://one.example/"}]])
    assert common == ONE
    assert stands == [True, True]


@pytest.mark.parametrize(
    ("contexts", "common", "stands"),
    [
        ([], [STANDARD_CONTEXT], []),
        ([FOREIGN, FOREIGN], FOREIGN, [True, True]),
        ([FOREIGN, ONE], ONE, [False, True]),
        ([ONE, OTHER, ONE], ONE, [True, False, True]),
        ([None, ONE], ONE, [False, True]),
        ([None], [STANDARD_CONTEXT], [False]),
        ([ONE, [STANDARD_CONTEXT, {"ex": {"@id": "urn:x"}}]], ONE, [True, False]),
    ],
)
def test_a_context_that_cannot_be_shared_stays_with_its_event(
    contexts: list[Any], common: Any, stands: list[bool]
) -> None:
    assert merged(contexts) == (common, stands)


def test_a_context_without_the_standard_is_not_plain() -> None:
    assert plain_prefixes([{"ex": "https://one.example/"}]) is None
    assert plain_prefixes(STANDARD_CONTEXT) == {}
