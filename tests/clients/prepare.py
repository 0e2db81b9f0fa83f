"""Run in a process of its own: fill an empty installation with one organisation; print its keys."""

import json
from datetime import UTC, datetime

import django

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SCOPES = {
    "both": ["read", "ledger.capture", "ledger.query"],
    "capture": ["read", "ledger.capture"],
    "query": ["read", "ledger.query"],
    "manage": ["read", "ledger.capture", "ledger.query", "ledger.subscribe"],
}


def main() -> None:
    """Make an organisation and a key for each set of scopes."""
    django.setup()

    from originmark.origin.parties import access, services

    organisation = services.create_organisation(
        kind="cooperative", code="yangqu", name="Yangqu millet", by=access.SYSTEM, now=NOW
    )
    keys = {
        name: services.create_api_key(
            organisation,
            name=name,
            role="manager" if name == "manage" else "recorder",
            scopes=scopes,
            by=access.SYSTEM,
            now=NOW,
        ).secret
        for name, scopes in SCOPES.items()
    }
    print(json.dumps(keys))  # noqa: T201 (whoever started this reads it)


if __name__ == "__main__":
    main()
