"""``originmark verify`` and ``originmark credentials``, as a person types them."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from builders.credentials import LIST, NOON, a_credential, a_key, a_list
from builders.labels import a_labelled_lot
from django.core.management import call_command
from django.core.management.base import CommandError

from originmark.frame.web import clock
from originmark.standards.credentials import did_web, jose


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A credential of others with all that is needed to verify it, as files."""
    texts = {
        "credential": jose.sign(a_credential(), a_key()),
        "document": json.dumps(did_web.document(a_key().issuer, [a_key().public])),
        "good": a_list()[LIST],
        "revoked": a_list(5)[LIST],
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    return {name: tmp_path / name for name in texts}


def run(*words: Any, **options: Any) -> str:
    out = StringIO()
    call_command(*[str(word) for word in words], stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_a_credential_of_others_is_verified_without_a_database(files: dict[str, Path]) -> None:
    known = ["--document", files["document"], "--status-list", files["good"]]
    said = run("verify", files["credential"], *known)

    assert said.splitlines()[2].startswith("3. ok  signature: Signed by did:web:brand.example#")
    assert said.splitlines()[3:] == [
        "4. ok  period: It counts from 2026-10-14 12:00 UTC until 2027-10-15 12:00 UTC.",
        f"5. ok  status: Not revoked: entry 5 of {LIST} is not set.",
        "The credential: valid.",
    ]


def test_what_does_not_count_ends_with_the_reason_and_a_code(files: dict[str, Path]) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="does not count: revoked") as refused:
        call_command(
            "verify", str(files["credential"]), document=[files["document"]],
            status_list=[files["revoked"]], json=True, stdout=out,
        )  # fmt: skip

    assert refused.value.returncode == 2
    said = json.loads(out.getvalue())
    assert (said["valid"], said["reason"]) == (False, "revoked")
    assert [check["passed"] for check in said["checks"]] == [True, True, True, True, False]


def test_a_file_that_is_no_document_is_told(files: dict[str, Path]) -> None:
    with pytest.raises(CommandError, match="is no document of an issuer"):
        run("verify", files["credential"], "--document", files["credential"])
    with pytest.raises(CommandError, match="cannot be read"):
        run("verify", files["credential"].with_name("absent"))


@pytest.mark.django_db
def test_a_passport_printed_here_verifies_here(tmp_path: Path) -> None:
    lot = a_labelled_lot()
    lot.issue(1)
    file = tmp_path / "passport.jwt"
    file.write_text(run("credentials", "issue", lot.lot.code))

    assert run("verify", file).splitlines()[-1].endswith(": valid.")
    assert run("credentials", "watch") == "0 credential(s) revoked.\n"


@pytest.mark.django_db
def test_a_new_key_is_made_and_an_old_one_withdrawn(settings: Any) -> None:
    settings.SECRET_KEEPER = "builders.credentials.keep"
    made = run("credentials", "new-key").splitlines()

    assert made[1].startswith("ORIGINMARK_CREDENTIAL_KEY=")
    assert made[0] in run("credentials", "keys")
    run("credentials", "withdraw-key", made[0])
    assert f"{made[0]}  since 2026-10-15, withdrawn 2026-10-15" in run("credentials", "keys")
    with pytest.raises(CommandError, match="No key in use"):
        run("credentials", "withdraw-key", made[0])


@pytest.mark.django_db
def test_a_name_that_begins_with_a_hyphen_is_a_name() -> None:
    with pytest.raises(CommandError, match="No key in use"):
        run("credentials", "withdraw-key", "-vAbC")
