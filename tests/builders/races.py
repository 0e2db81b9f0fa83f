"""Two threads that meet in the midst of a command, for tests of races."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import IntegrityError, connections

from originmark.frame.web.refusals import RuleViolation


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do each in a thread of its own, and return how each ended."""
    outcomes: list[str] = []

    def run(act: Callable[[], object]) -> None:
        try:
            act()
            outcomes.append("done")
        except RuleViolation as refusal:
            outcomes.append(refusal.code)
        except IntegrityError:
            outcomes.append("clash")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def meet(patch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Let both threads come to a function before either goes on; with a lock one waits outside."""
    meeting, original = threading.Barrier(2), getattr(module, name)

    def wait_and_go(*args: Any, **more: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=1)
        return original(*args, **more)

    patch.setattr(module, name, wait_and_go)
