"""A demonstration site in processes of its own, as a visitor meets it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = "from config.command import main; main()"
PASSWORD = "millet-2026-demo"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--force-color-profile=srgb",
]  # fmt: skip


@dataclass
class Site:
    """A running site: its address, and the addresses that the demonstration says to open."""

    url: str
    codes: dict[str, str] = field(default_factory=dict)

    def path(self, name: str) -> str:
        """Return the path behind one of those addresses."""
        return self.codes[name].removeprefix(self.url)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def demonstration(home: Path) -> Iterator[Site]:
    """Build the demonstration under a folder and serve it until the block ends."""
    port = free_port()
    site = Site(f"http://localhost:{port}")
    environment = {
        **os.environ,
        "ORIGINMARK_HOME": str(home),
        "ORIGINMARK_PUBLIC_URL": site.url,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DATABASE_URL": f"sqlite:///{home / 'demo.sqlite3'}",
    }
    run = [sys.executable, "-c", COMMAND]
    built = subprocess.run(
        [*run, "demo"], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    for line in built.stdout.splitlines():
        if site.url in line and line.startswith("  "):
            name, address = line.rsplit(None, 1)
            site.codes[name.strip()] = address
    server = subprocess.Popen([*run, "serve", "--port", str(port)], env=environment, cwd=ROOT)
    try:
        wait_for(f"{site.url}/healthz")
        yield site
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address: str) -> None:
    """Return once something answers there; raise TimeoutError after a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{address} does not answer")
