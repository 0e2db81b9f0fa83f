"""The scan door: pages of different packs, against a hello of their size and the usual view.

One database (the demonstration, and a run of a million labels more), one load (``scan_load``), one
kind of server (granian, one process) with the worker beside it, as ``originmark serve`` runs them.
The server has a core to itself; load and worker have the rest. Each way is asked in turns, after
the worker has entered what the turn before left; what counts is the time of the processor that the
server spends on a request. No pack is scanned twice, and a hello is asked for in as many bytes as a
pack. What the worker spends on a scan has a row of its own, beside what the tuned view spends in
all.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice, repeat
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import Row
from bench.scan_load import Load, Measured, cpu_seconds

LABELS = 1_000_000
TURNS, SECONDS = 3, 4.0
ROOT = Path(__file__).parents[1]
APPS = "bench.scan_door_apps"
SERVE = ["-m", "granian", "--workers", "1", "--log-level", "warning", "--factory", "--port"]
HOW = {"asgi": [], "wsgi": ["--blocking-threads", "1"]}  # more threads only cost the view more
PREPARE = """
import sys
import django
django.setup()
from originmark.mark.labels import selectors, serials
from originmark.mark.labels.models import LabelRun, RunRange
run = LabelRun.objects.exclude(gtin="").order_by("-count")[0]
run.pk, run.number, run.count, run.serial_batch = None, "BENCH-L1", int(sys.argv[1]), 4711
run.save()
RunRange.objects.create(
    run=run, first_index=0, last_index=run.count - 1, state="activated", since=run.issued_at)
path = "/" + selectors.url_prefix(run).split("://")[1].split("/", 1)[1]
keys = selectors.keys_of(run)
for serial in serials.derive_many(keys, batch=run.serial_batch, first=0, count=run.count):
    print(path + serial.decode())
"""


def run() -> list[Row]:
    """Return what a request costs each way, in requests a second of processor time."""
    if not Path("/proc/self/stat").exists():
        print("scan door: left out, for it reads what a process spends from /proc")
        return []
    with TemporaryDirectory(prefix="bench-scans-") as folder:
        return _rows(Path(folder))


def _rows(home: Path) -> list[Row]:
    environment = _environment(home)
    _prepare(home, environment)
    return _measured(home, environment)


def _environment(home: Path) -> dict[str, str]:
    return os.environ | {
        "ORIGINMARK_HOME": str(home),
        "DATABASE_URL": f"sqlite:///{home}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "ORIGINMARK_DEMO": "1",
        "BENCH_TEMPLATES": str(home),
    }


def _prepare(home: Path, environment: dict[str, str]) -> None:
    (home / "static").mkdir()
    _python(["-c", "from config.command import main; main()", "demo"], environment)
    (home / "packs").write_text(_python(["-c", PREPARE, str(LABELS)], environment))


def _measured(home: Path, environment: dict[str, str]) -> list[Row]:
    packs = iter((home / "packs").read_text().split())
    _keep_a_page(home, packs, environment)
    pack = next(packs)
    hello = f"/hello{pack}"[: len(pack)]
    with (
        _worker(environment) as worker,
        _server("front", "asgi", environment) as ours,
        _server("tuned", "wsgi", environment) as us,
        _cores_of_their_own(ours[1], us[1]),
    ):
        loads = {
            "hello": Load(*ours, repeat(hello)),
            "door": Load(*ours, packs),
            "tuned": Load(*us, packs),
        }
        found = _in_turns(loads, worker)
        found["django"] = _django(Load(*ours, (f"/django{pack}" for pack in packs)))
    return _told(found)


def _in_turns(loads: dict[str, Load], worker: int) -> dict[str, Measured]:
    found = {name: Measured(0, 0.0, 0.0) for name in [*loads, "worker"]}
    for _ in range(TURNS):
        for name, load in loads.items():
            load.warm()
            began = cpu_seconds(worker)
            done = load.run(SECONDS)
            found[name] = found[name].plus(done)
            if name == "door":
                _wait_for_rest(worker)
                entered = Measured(done.requests, done.seconds, cpu_seconds(worker) - began)
                found["worker"] = found["worker"].plus(entered)
    return found


def _wait_for_rest(worker: int) -> None:
    """Wait until the worker has nothing to do."""
    spent = [cpu_seconds(worker)]
    while len(spent) < 3 or spent[-1] - spent[-3] > 0.05:
        time.sleep(1)
        spent.append(cpu_seconds(worker))


def _django(load: Load) -> Measured:
    """Ask for today's page of Django, one at a time: its packed pages differ in length."""
    load.one()
    began, spent, asked = time.perf_counter(), cpu_seconds(load.pid), 100
    for _ in range(asked):
        load.one()
    return Measured(asked, time.perf_counter() - began, cpu_seconds(load.pid) - spent)


def _told(found: dict[str, Measured]) -> list[Row]:
    door, unit = 1e6 / found["door"].cpu_us, "scans/s of CPU"
    rows = []
    for name, peer in (("hello", "a hello of its size"), ("tuned", "a tuned view"),
                       ("django", "our own Django page")):  # fmt: skip
        rate = 1e6 / found[name].cpu_us
        rows.append(Row(f"scan door to {peer}", door, rate, door / rate, unit))
    entering = 1e6 / found["worker"].cpu_us
    tuned = 1e6 / found["tuned"].cpu_us
    rows.append(Row("entering scans to a tuned view", entering, tuned, entering / tuned, unit))
    clock = [found[name].requests / found[name].seconds for name in ("door", "hello")]
    return [
        *rows,
        Row("scan door to a hello, by the clock", *clock, clock[0] / clock[1], "scans/s"),
    ]


def _keep_a_page(home: Path, packs: Iterator[str], environment: dict[str, str]) -> None:
    """Keep a page of ours: as it is sent, and as the template of the usual way."""
    with _server("front", "asgi", environment) as (port, pid):
        load = Load(port, pid, packs)
        load.warm()
        pack = next(packs)
        load.paths = iter([pack])
        answer = load.one()
    head, _, body = answer.partition(b"\r\n\r\n")
    from gzip import decompress  # noqa: PLC0415

    assert b"content-encoding: gzip" in head.lower()
    (home / "answer").write_bytes(answer)
    page = decompress(body).decode().replace(pack.rpartition("/")[2], "{{ serial }}")
    (home / "pack.html").write_text(
        "{# " + "the page of a lot, prepared once #}" + page
        + "{{ run.product.code }} {{ run.lot.code }} {{ run.brand.name }} {{ run.licence.number }}"
        "{{ run.organisation.name }} {{ range.state }} {{ star.stars }} {{ others|length }}"
    )  # fmt: skip


@contextmanager
def _cores_of_their_own(*servers: int) -> Iterator[None]:
    """Give servers the first core, one at a time at work, and all else the others."""
    cores = os.sched_getaffinity(0)
    if len(cores) > 1:
        first, *others = sorted(cores)
        for server in servers:
            for process in _with_children(server):
                _keep_on(process, {first})
        for process in {os.getpid(), *_with_children(os.getpid())} - {
            each for server in servers for each in _with_children(server)
        }:
            _keep_on(process, set(others))
    yield
    os.sched_setaffinity(0, cores)


def _with_children(pid: int) -> Iterator[int]:
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from _with_children(int(child))


def _keep_on(pid: int, cores: set[int]) -> None:
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), cores)


@contextmanager
def _worker(environment: dict[str, str]) -> Iterator[int]:
    """Run a worker; give its process."""
    command = [sys.executable, "-c", "from config.command import main; main()", "worker"]
    worker = subprocess.Popen(command, env=environment, cwd=ROOT)  # noqa: S603
    try:
        yield worker.pid
    finally:
        worker.terminate()
        worker.wait(timeout=30)


@contextmanager
def _server(name: str, interface: str, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Serve an application; give its port and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*SERVE, str(port), *HOW[interface], "--interface", interface, f"{APPS}:{name}"]
    server = subprocess.Popen([sys.executable, *command], env=environment, cwd=ROOT)  # noqa: S603
    try:
        _wait_for(port, server)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert server.poll() is None, "the server of the bench has ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server of the bench does not answer")


def _python(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command],
        env=environment, cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


if __name__ == "__main__":
    from bench.__main__ import line

    for row in islice(run(), 10):
        print(line(row))
