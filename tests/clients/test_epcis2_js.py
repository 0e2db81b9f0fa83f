"""npm ``epcis2.js``, which others wrote for another server, drives ours."""

import json
import os
import shutil
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from browser.site import ROOT
from clients.conftest import Server

pytestmark = pytest.mark.slow
SCRIPTS = Path(__file__).with_name("node")
INSTALLED = ROOT / "build" / "node" / "node_modules"
UNITS = (
    "https://id.gs1.org/01/09521101530001/21/JS1",
    "https://id.gs1.org/01/09521101530001/21/JS2",
)


def node(script: str, given: Any) -> Any:
    """Run a script of the folder ``node``; skips where Node.js or the package is absent."""
    if shutil.which("node") is None or not (INSTALLED / "epcis2.js").is_dir():
        pytest.skip("Node.js or epcis2.js is absent: run scripts/install-test-tools")
    ran = subprocess.run(
        ["node", SCRIPTS / script], input=json.dumps(given), capture_output=True, text=True,
        check=False, env={**os.environ, "NODE_PATH": str(INSTALLED)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def asked(server: Server, **parameters: str) -> dict[str, Any]:
    """Return the query document that the server answers with."""
    address = f"{server.epcis}/events?{urllib.parse.urlencode(parameters)}"
    key = {"Authorization": f"Bearer {server.keys['both']}"}
    with urllib.request.urlopen(urllib.request.Request(address, headers=key)) as answer:
        document: dict[str, Any] = json.load(answer)
    return document


@pytest.fixture(scope="module")
def job(server: Server) -> dict[str, Any]:
    """The job of one event of each type, captured by the library."""
    unit, made = UNITS
    given = {"epcis": server.epcis, "key": server.keys["both"], "unit": unit, "made": made}
    ended: dict[str, Any] = node("capture.js", given)
    return ended


@pytest.mark.conforms("E-1", "E-2", "E-3", "E-4", "E-5", "C-1", "C-4", "ST-202")
def test_it_captures_the_five_types(server: Server, job: dict[str, Any]) -> None:
    assert (job["running"], job["success"], job["errors"]) == (False, True, [])
    found = asked(server, MATCH_anyEPC=UNITS[0])
    types = [
        each["type"] for each in found["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    ]
    assert sorted(types) == [
        "AggregationEvent", "AssociationEvent", "ObjectEvent", "TransactionEvent",
        "TransformationEvent",
    ]  # fmt: skip


@pytest.mark.conforms("R-/events")
@pytest.mark.usefixtures("job")
def test_its_validator_accepts_what_a_query_answers(server: Server) -> None:
    document = asked(server, perPage="1000")
    assert "nextPageToken" not in document

    assert node("validate.js", [document]) == [{"success": True, "errors": []}]


@pytest.mark.conforms("T-5")
@pytest.mark.usefixtures("job")
def test_of_a_page_in_between_it_minds_the_token_alone(server: Server) -> None:
    """One client reads the token from the body, which the schema does not foresee (trap 5)."""
    page = asked(server, perPage="2")
    token = page["nextPageToken"]
    without = {name: value for name, value in page.items() if name != "nextPageToken"}

    with_token, bare = node("validate.js", [page, without])

    assert token
    assert bare == {"success": True, "errors": []}
    assert "nextPageToken" in with_token["errors"][0]


@pytest.mark.conforms("R-/events")
@pytest.mark.usefixtures("job")
def test_its_validator_finds_a_fault_that_we_put_in(server: Server) -> None:
    """The control: a validator that accepts everything would prove nothing."""
    document = asked(server, perPage="1000")
    del document["epcisBody"]["queryResults"]["resultsBody"]["eventList"][0]["eventTime"]

    [verdict] = node("validate.js", [document])

    assert verdict["success"] is False
