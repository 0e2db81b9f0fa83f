from datetime import UTC, datetime

import pytest
from auditlog.context import set_actor
from django.contrib.auth import get_user_model
from django.template import Context, Template
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


def test_a_moment_is_written_as_everywhere_else() -> None:
    """The trail writes moments with Django's own format, in which English has noon and p.m."""
    with override("en"):
        assert localize(datetime(2026, 11, 17, 15, 0, tzinfo=UTC)) == "17 Nov 2026 15:00"
