"""A receiver of webhooks on this machine, for tests: it answers as it is told to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any

import orjson


@dataclass
class Receiver:
    """Answers each delivery with the next status of ``answers``, and with 200 afterwards.

    A tuple is a status with headers; a number below 100 is how many seconds to be silent for.
    """

    url: str = ""
    answers: list[Any] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def documents(self) -> list[dict[str, Any]]:
        return [orjson.loads(body) for _, body in self.got]

    def event_ids(self) -> list[str]:
        """The events of every delivery, in the order in which they arrived."""
        return [
            event["eventID"]
            for document in self.documents
            for event in document["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
        ]


@contextmanager
def a_receiver(*answers: Any, port: int = 0) -> Iterator[Receiver]:
    """A receiver that listens until the block ends."""
    receiver = Receiver(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append((dict(self.headers), body))
            answer = receiver.answers.pop(0) if receiver.answers else 200
            status, headers = answer if isinstance(answer, tuple) else (answer, {})
            if status < 100:
                sleep(status)
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"told so" if status >= 400 else b"")

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/epcis"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
