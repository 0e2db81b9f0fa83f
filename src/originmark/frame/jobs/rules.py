"""When to try again, and when to give up."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop

ATTEMPTS_AT_MOST = 6
FIRST_WAIT_S = 10
WAIT_GROWS_BY = 4


@dataclass(eq=False)
class UnknownTask(RuleViolation):
    """No room registered a task of that name."""

    code: ClassVar[str] = "unknown-task"
    sentence: ClassVar[str] = gettext_noop("No task is called %(task)s. Known are: %(known)s.")

    task: str
    known: list[str]


@dataclass(eq=False)
class JobIsOver(RuleViolation):
    """A job that has ended can be neither cancelled nor run again in that way."""

    code: ClassVar[str] = "job-is-over"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The job “%(title)s” is %(state)s already, so this changes nothing. Reload the page."
    )

    title: str
    state: str


def wait_before_retry(attempts: int) -> timedelta | None:
    """Return how long to wait after the given number of failed attempts; None to give up.

    >>> [str(wait_before_retry(n)) for n in (1, 2, 3)]
    ['0:00:10', '0:00:40', '0:02:40']
    >>> wait_before_retry(6) is None
    True
    """
    if attempts >= ATTEMPTS_AT_MOST:
        return None
    return timedelta(seconds=FIRST_WAIT_S * WAIT_GROWS_BY ** (attempts - 1))
