"""Settings come from the environment; missing secrets are made once and kept."""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """Return the folder where this installation keeps its files (``ORIGINMARK_HOME``)."""
    folder = Path(os.environ.get("ORIGINMARK_HOME", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def flag(name: str, *, default: bool) -> bool:
    """Return a yes-or-no setting; anything but 1, true, yes and on means no."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, *, default: str) -> list[str]:
    """Return a comma-separated setting as a list without blanks."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def text(name: str, *, default: str) -> str:
    """Return a setting as it stands, commas and all."""
    return os.environ.get(name) or default


def secret(name: str) -> str:
    """Return a secret from the environment, else one made once for this home folder.

    The file ``secrets.env`` (mode 600) stands in for the environment where nobody set one up,
    so that a first start needs no question asked. Deleting it ends all sessions and makes
    printed labels unverifiable: back it up with the database.
    """
    if value := os.environ.get(name):
        return value
    path = home() / "secrets.env"
    kept = _read(path)
    if name not in kept:
        kept[name] = secrets.token_hex(32)
        _write(path, kept)
    return kept[name]


def keep(name: str, value: str) -> bool:
    """Keep a secret for the next start.

    Returns False, with nothing kept, where the environment says the secret: it counts there, and
    must be changed there.
    """
    if os.environ.get(name):
        return False
    path = home() / "secrets.env"
    _write(path, _read(path) | {name: value})
    return True


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    pairs = (line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, value in pairs}


def _write(path: Path, kept: dict[str, str]) -> None:
    """Write all secrets or none: losing one loses every printed label."""
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text("".join(f"{name}={value}\n" for name, value in sorted(kept.items())))
    fresh.replace(path)
