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
_REFUSAL = "events are only ever added: {table} refuses {verb}"


def create_statements(vendor: str) -> list[str]:
    """Return the SQL that makes the tables append-only."""
    return _postgresql() if vendor == "postgresql" else _sqlite()


def drop_statements(vendor: str) -> list[str]:
    """Return the SQL that takes the guard away, for the reverse of the migration."""
    if vendor == "postgresql":
        return [
            *(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}" for table in TABLES),
            *(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}" for table in (*TABLES, STATE)),
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
    refuse = "CREATE TRIGGER {name} BEFORE {verb} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{why}'); END"
    statements = [
        refuse.format(
            name=f"{table}_no_{verb.lower()}",
            verb=verb,
            table=table,
            when="",
            why=_REFUSAL.format(table=table, verb=verb),
        )
        for table in TABLES
        for verb in ("UPDATE", "DELETE")
    ]
    why = _REFUSAL.format(table=STATE, verb="DELETE")
    shrinks = f"{STATE} refuses to shrink"
    return [
        *statements,
        refuse.format(name=f"{STATE}_no_delete", verb="DELETE", table=STATE, when="", why=why),
        refuse.format(
            name=f"{STATE}_grows",
            verb="UPDATE",
            table=STATE,
            when="WHEN NEW.size < OLD.size ",
            why=shrinks,
        ),
    ]


def _postgresql() -> list[str]:
    return [
        "CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
        "EXCEPTION 'events are only ever added: % refuses %', TG_TABLE_NAME, TG_OP; END $$",
        "CREATE FUNCTION ledger_grow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'UPDATE' AND NEW.size >= OLD.size THEN RETURN NEW; END IF; RAISE EXCEPTION "
        f"'{STATE} refuses to shrink'; END $$",
        *(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
            for table in TABLES
        ),
        *(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
            for table in (*TABLES, STATE)
        ),
        f"CREATE TRIGGER {STATE}_grows BEFORE UPDATE OR DELETE ON {STATE} "
        "FOR EACH ROW EXECUTE FUNCTION ledger_grow()",
    ]
