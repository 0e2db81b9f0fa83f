"""Applications of before procedures were rulebooks follow the general frame."""

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = [("schemes", "0021_gi_applications")], [("schemes", "0062_gi_whole")]
NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_an_application_of_before_keeps_its_stage_and_gets_its_phase() -> None:
    executor = MigrationExecutor(connection)
    latest = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "schemes"]
    executor.migrate(BEFORE)
    try:
        old = executor.loader.project_state(BEFORE).apps
        holder = old.get_model("parties", "Organisation").objects.create(
            code="coop", name="Coop", kind="cooperative", created_at=NOON
        )
        for number, stage in enumerate(("draft", "expert-review", "published", "refused")):
            old.get_model("schemes", "GiApplication").objects.create(
                number=f"GI-{number}", organisation=holder, stage=stage, name="Millet",
                product="Millet", kind="gi", country="CN", created_at=NOON, created_by="Li",
                oppose_until=NOON.date() if stage == "published" else None,
            )  # fmt: skip
        executor = MigrationExecutor(connection)
        executor.migrate(AFTER)
        new = executor.loader.project_state(AFTER).apps
        rows: Any = new.get_model("schemes", "GiApplication").objects.order_by("number")
        assert list(rows.values_list("stage", "phase", "procedure__code")) == [
            ("draft", "prepared", "gi-general"),
            ("expert-review", "examination", "gi-general"),
            ("published", "opposition", "gi-general"),
            ("refused", "refused", "gi-general"),
        ]
        rows.delete()
        new.get_model("schemes", "Rulebook").objects.all().delete()
    finally:
        MigrationExecutor(connection).migrate(latest)


def test_every_stage_of_before_stands_in_the_frame() -> None:
    migration = import_module("originmark.mark.schemes.migrations.0061_gi_phases")
    phases = {value for value, _ in apps.get_model("schemes", "GiApplication").Phase.choices}
    assert set(migration.PHASES.values()) <= phases
