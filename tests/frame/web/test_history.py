from datetime import UTC, datetime
from typing import Any

import pytest
from auditlog.context import set_actor
from django.contrib.auth import get_user_model
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import override

from originmark.frame.web.history import Change, history_entries

pytestmark = pytest.mark.django_db


def test_a_record_tells_who_changed_what_from_where() -> None:
    people = get_user_model().objects
    changer = people.create(email="wu@example.org", name="Wu Min")
    record = people.create(email="li@example.org", name="Li Na")

    with set_actor(changer, remote_addr="192.0.2.7"):
        record.name = "Li Na-<b>"
        record.save()

    latest, first = history_entries(record)
    assert (latest.who, latest.address, latest.action) == ("Wu Min", "192.0.2.7", "Changed")
    assert latest.changes == (Change("name", "Li Na", "Li Na-<b>"),)
    assert (first.who, first.action, first.changes) == ("the system", "Made", ())

    page = Template("{% load web %}{% history_of record %}").render(Context({"record": record}))
    assert "Li Na-&lt;b&gt;" in page
    assert "from 192.0.2.7" in page


def test_many_changes_are_one_query(django_assert_num_queries: Any) -> None:
    record = get_user_model().objects.create(email="li@example.org", name="0")
    for name in ("1", "2", "3"):
        record.name = name
        record.save()

    with django_assert_num_queries(1):
        assert [each.changes[0].after for each in history_entries(record)[:3]] == ["3", "2", "1"]


def test_the_trail_believes_no_address_that_a_visitor_claims(client: Client) -> None:
    person = get_user_model().objects.create(email="wu@example.org", name="Wu Min")
    client.force_login(person)
    claims = {"X-Forwarded-For": "no address", "X-Forwarded-Port": "99999999999"}

    client.post(reverse("parties:profile"), {"name": "Wu Mei"}, headers=claims)

    assert history_entries(person)[0].address == "127.0.0.1"


def test_a_moment_is_written_as_everywhere_else() -> None:
    """The trail writes moments with Django's own format, in which English has noon and p.m."""
    with override("en"):
        assert localize(datetime(2026, 11, 17, 15, 0, tzinfo=UTC)) == "17 Nov 2026 15:00"
