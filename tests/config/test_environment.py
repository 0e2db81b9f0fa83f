"""Secrets are made once, kept in a file that only its owner reads, and changed as a whole."""

from pathlib import Path

import pytest

from config import environment

NAMES = ("ORIGINMARK_LOG_KEY", "ORIGINMARK_SERIAL_KEY")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new installation whose environment says no secret."""
    monkeypatch.setenv("ORIGINMARK_HOME", str(tmp_path))
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_a_secret_is_made_once_and_kept_for_its_owner(home: Path) -> None:
    made = environment.secret(NAMES[0])
    assert len(bytes.fromhex(made)) == 32
    assert environment.secret(NAMES[0]) == made
    assert (home / "secrets.env").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in home.iterdir()] == ["secrets.env"]


@pytest.mark.conforms("L-rotation")
def test_a_secret_is_changed_and_the_others_stay(home: Path) -> None:
    serial = environment.secret(NAMES[1])
    environment.secret(NAMES[0])
    assert environment.keep(NAMES[0], "new,old")
    assert environment.secret(NAMES[0]) == "new,old"
    assert environment.secret(NAMES[1]) == serial
    assert (home / "secrets.env").stat().st_mode & 0o777 == 0o600


@pytest.mark.conforms("L-rotation")
def test_a_secret_of_the_environment_is_changed_there(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAMES[0], "said")
    assert not environment.keep(NAMES[0], "new")
    assert environment.secret(NAMES[0]) == "said"
    assert not (home / "secrets.env").exists()
