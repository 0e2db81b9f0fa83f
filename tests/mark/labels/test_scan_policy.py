"""The scan policy: the shipped one, one of the programme's own, and ones that cannot be."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from originmark.mark.labels.watch import policy


def test_the_shipped_policy_is_what_the_docs_work_with() -> None:
    shipped = policy.read(policy.SHIPPED.read_text())
    assert (shipped.viewers_at_most, shipped.within_days) == (12, 90)
    assert (shipped.burst_scans_at_most, shipped.burst_minutes) == (30, 10)
    assert (shipped.rows_a_label, shipped.days_kept) == (200, 180)
    assert "recalled" in shipped.barred_verdicts


def test_what_a_file_leaves_out_is_as_shipped() -> None:
    own = policy.read("[burst]\nscans_at_most = 50\n[out_of_trade]\nverdicts = []\n")
    shipped = policy.read("")
    assert (own.burst_scans_at_most, own.burst_minutes) == (50, shipped.burst_minutes)
    assert own.barred_verdicts == frozenset()
    assert own.viewers_at_most == shipped.viewers_at_most


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[burst]\nscans_at_most = 0\n", "burst.scans_at_most is 0"),
        ('[copies]\nwithin_days = "90"\n', "copies.within_days is '90'"),
        ("[forged]\nserials_at_most = true\n", "forged.serials_at_most is True"),
        ("[forged]\nserials_at_most = 100\n", "only 100 codes"),
        ("[keeping]\nrows_a_label = 60\n", "more than 60 rows"),
        ("[keeping]\ndays = 30\n", "shorter than copies.within_days, 90"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_by_name(text: str, words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        policy.read(text)
