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


def create_statements(vendor: str) -> list[str]:
    """Return the SQL that makes the tables append-only."""
    return _postgresql() if vendor == "postgresql" else _sqlite()


def drop_statements(vendor: str) -> list[str]:
    """Return the SQL that takes the guard away, for the reverse of the migration."""
    if vendor == "postgresql":
        return [
            *(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}" for table in TABLES),
            *(
                f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}"
                for table in (*TABLES, STATE)
            ),
            f"DROP TRIGGER IF EXISTS {STATE}_grows ON {STATE}",
            "DROP FUNCTION IF EXISTS ledger_refuse()",
            "DROP FUNCTION IF EXISTS ledger_grow()",
        ]
    return [f"DROP TRIGGER IF EXISTS {name}" for name in trigger_names(vendor)]


def trigger_names(vendor: str) -> list[str]:
    """Return the names of the triggers that must be there."""
    if vendor == "postgresql":
        return [
            *(f"{table}_append_only" for table in TABLES),
            *(f"{table}_no_truncate" for table in (*TABLES, STATE)),
            f"{STATE}_grows",
        ]
    return [
        *(f"{table}_no_{verb}" for table in TABLES for verb in ("update", "delete")),
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


def _postgresql() -> list[str]:
    before = (
        "CREATE TRIGGER {name} BEFORE {verbs} ON {table} FOR EACH {each} EXECUTE FUNCTION {what}()"
    )
    return [
        _REFUSE,
        _GROW,
        *(
            before.format(
                name=f"{table}_append_only",
                verbs="UPDATE OR DELETE",
                table=table,
                each="ROW",
                what="ledger_refuse",
            )
            for table in TABLES
        ),
        *(
            before.format(
                name=f"{table}_no_truncate",
                verbs="TRUNCATE",
                table=table,
                each="STATEMENT",
                what="ledger_refuse",
            )
            for table in (*TABLES, STATE)
        ),
        before.format(
            name=f"{STATE}_grows",
            verbs="UPDATE OR DELETE",
            table=STATE,
            each="ROW",
            what="ledger_grow",
        ),
    ]
