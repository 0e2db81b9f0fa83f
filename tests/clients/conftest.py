"""A server in a process of its own, empty but for one organisation with API keys."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser.site import COMMAND, ROOT, free_port, wait_for
from builders.databases import a_database, environment


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and API keys by what they open: both, capture, query."""

    url: str
    keys: dict[str, str]

    @property
    def epcis(self) -> str:
        """The root of the EPCIS interface."""
        return f"{self.url}/epcis"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, shared_by_all: Path) -> Iterator[Server]:
    """A running server, as an operator starts it."""
    port = free_port()
    with a_database(shared_by_all) as address:
        here = environment(tmp_path_factory.mktemp("clients"), address)
        yield from served(here | {"ORIGINMARK_PUBLIC_URL": f"http://localhost:{port}"}, port)


def served(here: dict[str, str], port: int) -> Iterator[Server]:
    """Fill the database of an environment, and serve it until the tests are over."""
    prepared = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("prepare.py"))],
        env=here, cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    serving = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "serve", "--port", str(port)], env=here, cwd=ROOT
    )
    try:
        wait_for(f"http://localhost:{port}/healthz")
        yield Server(f"http://localhost:{port}", json.loads(prepared.stdout))
    finally:
        serving.terminate()
        serving.wait(timeout=30)
