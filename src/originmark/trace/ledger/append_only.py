"""The database's own refusal to change or take away what was recorded."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = (
    "ledger_context",
    "ledger_event",
    "ledger_eventidentifier",
    "ledger_logleaf",
    "ledger_lognode",
)
STATE = "ledger_logstate"
SIGNED = ("ledger_logcheckpoint", "ledger_logsignature")
"""Guarded since the log is signed: by a migration of their own."""


def create_statements(vendor: str) -> list[str]:
    """Return the SQL that makes all tables append-only."""
    return [*first_statements(vendor), *guard_statements(vendor, SIGNED)]


def first_statements(vendor: str) -> list[str]:
    """Return the SQL that guards the tables of events and of the log."""
    return _postgresql() if vendor == "postgresql" else _sqlite()


def guard_statements(vendor: str, tables: tuple[str, ...]) -> list[str]:
    """Return the SQL that makes further tables append-only, after ``first_statements``."""
    if vendor == "postgresql":
        return [statement for table in tables for statement in _postgresql_guard(table)]
    return [_sqlite_trigger(table, verb) for table in tables for verb in ("UPDATE", "DELETE")]


def unguard_statements(vendor: str, tables: tuple[str, ...]) -> list[str]:
    """Return the SQL that takes that guard away."""
    if vendor == "postgresql":
        return [
            f"DROP TRIGGER IF EXISTS {table}_{what} ON {table}"
            for table in tables
            for what in ("append_only", "no_truncate")
        ]
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_{verb}"
        for table in tables
        for verb in ("update", "delete")
    ]


def drop_statements(vendor: str) -> list[str]:
    """Return the SQL that takes every guard away, for the reverse of the migration."""
    if vendor == "postgresql":
        return [
            *unguard_statements(vendor, (*TABLES, *SIGNED)),
            f"DROP TRIGGER IF EXISTS {STATE}_no_truncate ON {STATE}",
            f"DROP TRIGGER IF EXISTS {STATE}_grows ON {STATE}",
            "DROP FUNCTION IF EXISTS ledger_refuse()",
            "DROP FUNCTION IF EXISTS ledger_grow()",
        ]
    return [f"DROP TRIGGER IF EXISTS {name}" for name in trigger_names(vendor)]


def trigger_names(vendor: str) -> list[str]:
    """Return the names of the triggers that must be there."""
    if vendor == "postgresql":
        return [
            *(f"{table}_append_only" for table in (*TABLES, *SIGNED)),
            *(f"{table}_no_truncate" for table in (*TABLES, *SIGNED, STATE)),
            f"{STATE}_grows",
        ]
    return [
        *(f"{table}_no_{verb}" for table in (*TABLES, *SIGNED) for verb in ("update", "delete")),
        f"{STATE}_no_delete",
        f"{STATE}_grows",
    ]


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the triggers that somebody took away (one query)."""
    catalogue = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        present = {name for (name,) in cursor.fetchall()}
    return [name for name in trigger_names(connection.vendor) if name not in present]


def _sqlite() -> list[str]:
    return [
        *(_sqlite_trigger(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE")),
        _sqlite_trigger(STATE, "DELETE"),
        _SQLITE_GROW,
    ]


_SQLITE_GROW = f"""
CREATE TRIGGER {STATE}_grows BEFORE UPDATE ON {STATE} WHEN NEW.size < OLD.size
BEGIN SELECT RAISE(ABORT, '{STATE} refuses to shrink'); END
"""


def _sqlite_trigger(table: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN "
        f"SELECT RAISE(ABORT, 'events are only ever added: {table} refuses {verb}'); END"
    )


_REFUSE = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are only ever added: % refuses %', TG_TABLE_NAME, TG_OP;
END $$
"""
_GROW = """
CREATE FUNCTION ledger_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.size >= OLD.size THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'ledger_logstate refuses to shrink';
END $$
"""


_TRIGGER = (
    "CREATE TRIGGER {name} BEFORE {verbs} ON {table} FOR EACH {each} EXECUTE FUNCTION {what}()"
)


def _postgresql() -> list[str]:
    return [
        _REFUSE,
        _GROW,
        *guard_statements("postgresql", TABLES),
        _no_truncate(STATE),
        _TRIGGER.format(
            name=f"{STATE}_grows",
            verbs="UPDATE OR DELETE",
            table=STATE,
            each="ROW",
            what="ledger_grow",
        ),
    ]


def _postgresql_guard(table: str) -> list[str]:
    return [
        _TRIGGER.format(
            name=f"{table}_append_only",
            verbs="UPDATE OR DELETE",
            table=table,
            each="ROW",
            what="ledger_refuse",
        ),
        _no_truncate(table),
    ]


def _no_truncate(table: str) -> str:
    return _TRIGGER.format(
        name=f"{table}_no_truncate",
        verbs="TRUNCATE",
        table=table,
        each="STATEMENT",
        what="ledger_refuse",
    )
