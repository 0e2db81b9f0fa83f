"""Use reports are filled in with the labels that went onto packs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from builders.applications import use_rules_for
from builders.labels import NOON, Labelled, a_labelled_lot
from builders.parties import a_client_for, a_member, an_organisation
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from originmark.frame.web import clock
from originmark.frame.web.refusals import RuleViolation
from originmark.mark.labels import services, spans
from originmark.mark.labels.spans import Span
from originmark.mark.labels.use_selectors import ProductAndMonth, labels_used
from originmark.mark.licensing import services as licensing
from originmark.mark.licensing.models import UseReportLine
from originmark.origin.parties.access import SYSTEM

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
IN_NOVEMBER = datetime(2026, 11, 3, 9, tzinfo=UTC)
JANUARY = datetime(2027, 1, 5, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def used(
    lot: Labelled, first: date = OCTOBER, last: date = date(2026, 12, 31)
) -> dict[ProductAndMonth, int] | None:
    return labels_used(lot.organisation.pk, lot.brand.code, first, last)


@pytest.mark.django_db
def test_labels_count_in_the_month_in_which_they_were_activated() -> None:
    lot = a_labelled_lot()
    run = lot.issue(100)
    code = lot.lot.product.code
    assert used(lot) == {}
    services.activate(run.number, first=0, last=49, by=SYSTEM, now=NOON)
    services.activate(run.number, first=40, last=59, by=SYSTEM, now=IN_NOVEMBER)  # ten again
    assert used(lot) == {(code, OCTOBER): 50, (code, NOVEMBER): 10}
    assert used(lot, last=date(2026, 10, 31)) == {(code, OCTOBER): 50}
    assert used(lot, first=date(2026, 10, 16)) == {(code, NOVEMBER): 10}


@pytest.mark.django_db
def test_a_month_begins_when_it_does_where_the_programme_is() -> None:
    lot = a_labelled_lot()
    run = lot.issue(2)
    midnight = datetime(2026, 10, 31, 16, tzinfo=UTC)  # in Shanghai
    services.activate(run.number, first=0, last=0, by=SYSTEM, now=midnight - MINUTE)
    services.activate(run.number, first=1, last=1, by=SYSTEM, now=midnight)
    code = lot.lot.product.code
    assert used(lot) == {(code, OCTOBER): 1, (code, NOVEMBER): 1}
    assert used(lot, last=date(2026, 10, 31)) == {(code, OCTOBER): 1}


@pytest.mark.django_db
def test_spoiled_and_returned_labels_are_left_out_and_withdrawn_ones_were_used(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    lot = a_labelled_lot()
    run, code = lot.issue(100), lot.lot.product.code
    services.activate(run.number, first=0, last=49, by=SYSTEM, now=NOON)
    services.spoil(run.number, first=0, last=9, by=SYSTEM, now=IN_NOVEMBER)
    services.take_back(run.number, first=90, last=99, reason="", by=SYSTEM, now=IN_NOVEMBER)
    withdrawn = {"reason": "Stolen", "by": SYSTEM, "now": IN_NOVEMBER}
    services.withdraw(run.number, first=45, last=54, **withdrawn)
    services.activate_rest(run.number, by=SYSTEM, now=IN_NOVEMBER + MINUTE)
    with django_assert_max_num_queries(3):
        assert used(lot) == {(code, OCTOBER): 40, (code, NOVEMBER): 35}


@pytest.mark.django_db
def test_who_never_had_labels_of_a_mark_is_not_known() -> None:
    lot = a_labelled_lot()
    assert used(lot) is None
    run = lot.issue(9)
    services.activate(run.number, first=0, last=8, by=SYSTEM, now=NOON)
    assert labels_used(an_organisation().pk, lot.brand.code, OCTOBER, NOVEMBER) is None
    assert labels_used(lot.organisation.pk, "another", OCTOBER, NOVEMBER) is None


changes = st.builds(
    lambda first, length, state: Span(first, first + length, state),
    st.integers(0, 40), st.integers(0, 15), st.sampled_from((spans.ACTIVATED, spans.WITHDRAWN)),
)  # fmt: skip


@given(count=st.integers(1, 40), history=st.lists(changes, max_size=10))
def test_what_had_been_activated_agrees_with_a_list_of_labels(
    count: int, history: list[Span]
) -> None:
    now, activations = spans.whole(count, NOON), []
    activated_at: dict[int, datetime] = {}
    for minute, each in enumerate(history):
        change = replace(each, since=NOON + minute * MINUTE)
        try:
            now = spans.paint("R", now, change)
        except RuleViolation:
            continue
        if change.state == spans.ACTIVATED:
            activations.append(change)
            for index in range(change.first, change.last + 1):
                activated_at.setdefault(index, change.since or NOON)
    withdrawn = [each for each in now if each.state == spans.WITHDRAWN]
    parts = [part for each in withdrawn for part in spans.activated(each, activations)]
    found = {n: part.since for part in parts for n in range(part.first, part.last + 1)}
    gone = {n for each in withdrawn for n in range(each.first, each.last + 1)}
    assert found == {n: at for n, at in activated_at.items() if n in gone}
    assert len(found) == sum(part.count for part in parts)


@pytest.mark.django_db
def test_a_report_is_filled_in_and_another_figure_needs_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: JANUARY)
    lot = a_labelled_lot()
    use_rules_for(lot.brand)
    run = lot.issue(1000)
    services.activate(run.number, first=0, last=799, by=SYSTEM, now=NOON)
    report = licensing.open_reports(by=SYSTEM, now=JANUARY)[-1]
    assert (report.first_day, report.last_day) == (date(2026, 7, 1), date(2026, 12, 31))
    client = a_client_for(a_member(lot.organisation, "recorder").person)
    filing, page = (
        reverse(f"licensing:{name}", args=[report.pk]) for name in ("report_file", "report")
    )

    shown = client.get(filing)
    fields = shown.context["form"].fields
    typed = {name: field.initial for name, field in fields.items()}
    (october,) = [name for name in fields if name.startswith("labels") and "2026-10" in name]
    assert typed[october] == 800
    assert "Known here: 800" in shown.content.decode()
    assert "not spoiled since" in shown.content.decode()

    refused = client.post(filing, {**typed, october: 812})
    assert refused.status_code == 422
    assert "You say 812 labels" in refused.content.decode()
    assert not UseReportLine.objects.exists()
    assert client.post(filing, typed).status_code == 302
    assert "badge-warn" not in client.get(page).content.decode()
    assert client.post(filing, {**typed, october: 812, "note": "A roll of 2025"}).status_code == 302
    read = client.get(page).content.decode()
    assert "+12" in read
    assert "A roll of 2025" in read
    assert "not spoiled since" in read
