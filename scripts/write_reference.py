"""Write the reference pages that follow from the code: ``make docs``.

Each page is a function from the code to a text, so that a test can tell when a page is stale.
"""

import argparse
import ast
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs/reference"
NAME = re.compile(r"ORIGINMARK_[A-Z_]+[A-Z]")
FOR_TESTS = {"ORIGINMARK_SHARED"}  # where tests look for published data sets

# What each setting means, in the order of the page. A default that is no plain value has words.
SETTINGS: dict[str, dict[str, str]] = {
    "The installation": {
        "ORIGINMARK_HOME": "Folder of this installation's files: secrets, pictures, papers, "
        "letters, and the database on SQLite.",
        "DATABASE_URL": "The database, as `postgres://user:password@host/name`.",
        "ORIGINMARK_PUBLIC_URL": "The address people type. It stands in every QR code: choose it "
        "once and for good.",
        "ORIGINMARK_HOSTS": "Host names that are answered, with commas between.",
        "ORIGINMARK_PROXIES": "Addresses and networks of the installation's own proxies, as "
        "`10.0.0.5,2001:db8::/32`. What they say in `X-Forwarded-For` about who asks is believed.",
        "ORIGINMARK_IDENTIFIER_BASE": "Beginning of the programme's own identifiers, for whatever "
        "has no number from GS1. It stands in events: choose it once and for good.",
        "ORIGINMARK_TIME_ZONE": "The time zone that days and times are shown in.",
        "ORIGINMARK_MAIL_FROM": "Sender of letters.",
        "ORIGINMARK_MAIL_HOST": "Host that letters are sent through, with TLS. Without one they "
        "are files under `mail` in the home folder.",
        "ORIGINMARK_MAIL_PORT": "Port of the mail host.",
        "ORIGINMARK_MAIL_USER": "Name to sign in with at the mail host.",
        "ORIGINMARK_MAIL_PASSWORD": "Password to sign in with at the mail host.",
        "ORIGINMARK_JOBS_STALE_S": "Seconds without a sign of life after which a worker counts as "
        "gone and its work goes to another.",
        "ORIGINMARK_DEMO": "Say on every page that the records are made up. "
        "`originmark demo` sets it by a file in the home folder.",
        "ORIGINMARK_DEBUG": "Show Django's page of details when a page fails. Never in public.",
    },
    "Secrets": {
        "ORIGINMARK_SECRET_KEY": "Signs sessions.",
        "ORIGINMARK_SERIAL_KEY": "What every printed label is derived from. Several, with commas "
        "between, after a change: see [serials](../algorithms/serials.md).",
        "ORIGINMARK_LOG_KEY": "What the transparency log is signed with. Several, with commas "
        "between, while keys change: `originmark ledger key new` says how.",
        "ORIGINMARK_CREDENTIAL_KEY": "What credentials are signed with. Several, with commas "
        "between, the newest first: `originmark credentials new-key` says how to change it.",
        "ORIGINMARK_REQUIRE_SECOND_FACTOR": "Keep people of a programme office out until they "
        "have a second factor.",
    },
    "Land": {
        "ORIGINMARK_MAP_TILES_URL": "A base map under the drawing of plots, as "
        "`https://maps.example/{z}/{x}/{y}.png`.",
        "ORIGINMARK_MAP_TILES_CREDIT": "Whom to thank for the base map.",
        "ORIGINMARK_GROWING_AREA_CODE_PATTERN": "Regular expression of a growing area's "
        "registration code. Others are remarked upon, not refused.",
        "ORIGINMARK_PACKING_FACILITY_CODE_PATTERN": "The same for packing facilities.",
    },
    "The ledger": {
        "ORIGINMARK_LOG_ORIGIN": "Name of the transparency log, without blanks and plus signs. It "
        "stands in every checkpoint and stays what it was when the first key signed.",
        "ORIGINMARK_LEDGER_MINUTES_AHEAD": "Minutes that the time of an event may lie ahead.",
        "ORIGINMARK_LEDGER_WAIT_BYTES": "Bytes of a document that is captured while the caller "
        "waits, at most; a larger one is captured by the worker.",
        "ORIGINMARK_LEDGER_MOST_EVENTS": "Events in a document that is captured while the caller "
        "waits, at most.",
        "ORIGINMARK_LEDGER_MOST_FILE_EVENTS": "Most events in a document that is captured by the "
        "worker.",
        "ORIGINMARK_LEDGER_MOST_BYTES": "Most bytes in one captured document.",
        "ORIGINMARK_LEDGER_SEMANTICS": "What becomes of events that cannot be true as far as is "
        "known: `rule=off`, `=warn` or `=refuse`, with commas between; `*` speaks for the rules "
        "not named. The rules: see [event semantics](../algorithms/event-semantics.md).",
        "ORIGINMARK_LEDGER_MOST_STREAMS": "How many may listen to events at once, per server "
        "process.",
        "ORIGINMARK_LEDGER_WEBHOOKS_TO_PRIVATE": "Send to subscribers inside private networks, "
        "and without encryption, too. Only where everybody who may subscribe may also reach "
        "whatever this machine reaches.",
        "ORIGINMARK_LEDGER_WEBHOOK_EVENTS": "Most events in one delivery to a subscriber.",
        "ORIGINMARK_LEDGER_WEBHOOK_ATTEMPTS": "Failed attempts in a row after which a "
        "subscription is given up until somebody resumes it.",
        "ORIGINMARK_LEDGER_WEBHOOK_SECONDS": "Seconds that a subscriber has for its answer.",
    },
    "Stars": {
        "ORIGINMARK_STAR_NOTICE_LEAD_DAYS": "Days before the day by which the rulebook wants the "
        "notice that a star ends, on which it is written.",
    },
    "The passport": {
        "ORIGINMARK_COMMITMENT_RULES": "Path of a TOML file that says who owes a commitment "
        "certificate and how long it is kept. Shipped: "
        "`src/originmark/mark/labels/data/commitment_rules.toml`.",
        "ORIGINMARK_LABEL_RULES": "Path of a folder of TOML files that say what labels must show. "
        "Shipped: `src/originmark/mark/labels/artwork/rulesets`.",
        "ORIGINMARK_SCAN_PAGE_S": "Seconds for which the page of a pack may serve other packs like "
        "it: so long, at most, a recall, a withdrawal or a lapse takes to show. 0 asks Django for "
        "every scan. See [the scan door](../algorithms/scan-door.md).",
        "ORIGINMARK_SCAN_POLICY": "Path of a TOML file that says when scans look like a copied "
        "code. Shipped: `src/originmark/mark/labels/data/scan_policy.toml`.",
    },
}
DEFAULTS_IN_WORDS = {
    "DATABASE_URL": "`originmark.sqlite3` in the home folder",
    "ORIGINMARK_HOME": "`var`",
    "ORIGINMARK_SECRET_KEY": "made once, kept in `secrets.env` in the home folder",
    "ORIGINMARK_SERIAL_KEY": "made once, kept in `secrets.env` in the home folder",
    "ORIGINMARK_LOG_KEY": "made once, kept in `secrets.env` in the home folder",
    "ORIGINMARK_CREDENTIAL_KEY": "made once, kept in `secrets.env` in the home folder",
    "ORIGINMARK_LOG_ORIGIN": "the public address without `https://`, and `/epcis/log`",
    "ORIGINMARK_COMMITMENT_RULES": "the shipped file",
    "ORIGINMARK_LABEL_RULES": "the shipped files",
    "ORIGINMARK_SCAN_POLICY": "the shipped file",
}
WRITTEN = "<!-- Written by scripts/write_reference.py: change the code, then run `make docs`. -->"


def names_in_sources() -> set[str]:
    """Return each ORIGINMARK_ name that the settings or the rooms mention."""
    files = [*(ROOT / "config").rglob("*.py"), *(ROOT / "src").rglob("*.py")]
    found = {name for path in files for name in NAME.findall(path.read_text(encoding="utf-8"))}
    return found - FOR_TESTS


def names_explained() -> set[str]:
    """Return each setting that the page explains."""
    return {name for rows in SETTINGS.values() for name in rows}


def defaults() -> dict[str, str]:
    """Return the default of each setting as config/settings.py gives it."""
    found = {}
    for node in ast.walk(ast.parse((ROOT / "config/settings.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = str(node.args[0].value)
            given = {each.arg: each.value for each in node.keywords}.get("default")
            if NAME.fullmatch(name) and isinstance(given, ast.Constant):
                found[name] = _in_words(given.value)
    return found | DEFAULTS_IN_WORDS


def _in_words(value: object) -> str:
    if value is False:
        return "off"
    return f"`{value}`" if value else "none"


def settings_page() -> str:
    """Return the page of settings."""
    default = defaults()
    lines = [
        "# Settings",
        WRITTEN,
        "",
        "Settings come from the environment, and a change needs a restart. Yes-or-no settings are",
        "on with `1`, `true`, `yes` or `on`.",
    ]
    for title, rows in SETTINGS.items():
        lines += ["", f"## {title}", "", "| name | default | meaning |", "|---|---|---|"]
        for name, meaning in rows.items():
            cells = (f"`{name}`", default[name], meaning)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """Return the page of commands, from their parsers."""
    from config import command  # noqa: PLC0415 (after Django is set up)

    own = sorted(name for name, _ in command.commands() if name not in command.FROM_DJANGO)
    lines = [
        "# Commands",
        WRITTEN,
        "",
        "`originmark` alone lists them; `originmark COMMAND --help` explains one. From a checkout",
        "the program is `.venv/bin/originmark`. Hyphens in a name do as well as underscores.",
    ]
    for name in own:
        lines += ["", *_command(name)]
    lines += ["", "## From Django", "", "| command | what it does |", "|---|---|"]
    lines += [f"| `originmark {name}` | {text} |" for name, text in command.FROM_DJANGO.items()]
    return "\n".join(lines) + "\n"


def _command(name: str) -> Iterator[str]:
    from django.core.management import get_commands, load_command_class  # noqa: PLC0415

    loaded = load_command_class(get_commands()[name], name)
    parser = loaded.create_parser("originmark", name)
    verbs = dict(_verbs(parser))
    actions = [each for each in _own_actions(parser) if each.dest != "verb"] if verbs else None
    yield from _described(f"## {name}", name, str(loaded.help), parser, actions)
    for verb, below in verbs.items():
        yield ""
        yield from _described(
            f"### {name} {verb}", f"{name} {verb}", below.description or "", below
        )


def _verbs(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from action.choices.items()


def _described(
    heading: str,
    name: str,
    text: str,
    parser: argparse.ArgumentParser,
    actions: list[argparse.Action] | None = None,
) -> Iterator[str]:
    actions = list(_own_actions(parser)) if actions is None else actions
    words = [_word(each) for each in actions if not each.option_strings]
    shown = " ".join(["originmark", name, *words])
    yield heading
    yield ""
    yield f"`{shown}{' [options]' if len(words) < len(actions) else ''}`"
    yield ""
    yield text.replace("\n", " ")
    if actions:
        yield from ("", "| argument | meaning |", "|---|---|")
        yield from (f"| {_spelled(each)} | {_meaning(each)} |" for each in actions)


def _word(action: argparse.Action) -> str:
    word = str(action.metavar or action.dest.upper())
    return f"[{word}]" if action.nargs in {"?", "*"} else word


def _own_actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    from django.core.management.base import BaseCommand  # noqa: PLC0415

    shared = {each.dest for each in BaseCommand().create_parser("originmark", "any")._actions}  # noqa: SLF001
    yield from (each for each in parser._actions if each.dest not in shared)  # noqa: SLF001


def _spelled(action: argparse.Action) -> str:
    if not action.option_strings:
        return f"`{action.metavar or action.dest.upper()}`"
    takes = action.nargs != 0
    value = f" {action.metavar or action.dest.upper()}" if takes else ""
    return ", ".join(f"`{each}{value}`" for each in action.option_strings)


def _meaning(action: argparse.Action) -> str:
    said = [str(action.help)] if action.help else []
    choices = [f"`{each}`" for each in action.choices or ()]
    if choices and str(action.help) != f"one of {', '.join(map(str, action.choices or ()))}":
        said.append(f"one of {', '.join(choices)}")
    if action.option_strings and action.default and "default" not in str(action.help):
        said.append(f"default `{action.default}`")
    return "; ".join(said).replace("|", "\\|")


def openapi() -> str:
    """Return the description of the JSON API, in an order that does not move."""
    from django.utils import translation  # noqa: PLC0415

    from config.api import api  # noqa: PLC0415

    with translation.override("en"):
        described: Any = api.get_openapi_schema()
        text = json.dumps(described, indent=1, sort_keys=True, ensure_ascii=False, default=str)
    return text + "\n"


def rulebooks_page() -> str:
    """Return the page of shipped rulebooks: what each holds, from where, and what it leaves."""
    from originmark.mark.schemes.shipped.reference import page  # noqa: PLC0415 (needs Django)

    return page(WRITTEN)


def label_rules_page() -> str:
    """Return the page of label rules: what each asks, compared with what, and what it leaves."""
    from originmark.mark.labels.artwork.reference import page  # noqa: PLC0415 (needs Django)

    return page(WRITTEN)


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    "rulebooks.md": rulebooks_page,
    "label-rules.md": label_rules_page,
    "openapi.json": openapi,
}


def main() -> None:
    """Write every page."""
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
        sys.stdout.write(f"docs/reference/{name}\n")


if __name__ == "__main__":
    main()
