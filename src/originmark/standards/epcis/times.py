"""Times and offsets as EPCIS writes them."""

import re
from datetime import UTC, datetime, timedelta, timezone

OFFSET = re.compile(r"([+-])((0[0-9]|1[0-3]):([0-5][0-9])|14:00)", re.ASCII)
# An xsd:dateTimeStamp of the years 1000 to 9998, so that every offset leads to a time that exists.
MOMENT_PATTERN = (
    r"^([1-8][0-9]{3}|9[0-8][0-9]{2}|99[0-8][0-9]|999[0-8])-[0-9]{2}-[0-9]{2}"
    r"T[0-9]{2}:[0-9]{2}:[0-5][0-9](\.[0-9]+)?(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))$"
)
_STAMP = re.compile(MOMENT_PATTERN.removesuffix("$"))
_MOMENT = re.compile(
    r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?"
    r"(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
)


def parse_moment(text: str) -> datetime:
    """Return an ``xsd:dateTimeStamp`` as an aware time in UTC, to the microsecond.

    What is finer than a microsecond is cut off. Raises ValueError for a time without offset.

    >>> parse_moment("2026-09-22T07:15:00.9996+08:00").isoformat()
    '2026-09-21T23:15:00.999600+00:00'
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no time with an offset, as in 2026-09-22T07:15:00+08:00")
    seconds, fraction, offset = match.groups()
    try:
        moment = datetime.fromisoformat(seconds + (fraction or "")[:7] + offset).astimezone(UTC)
    except (ValueError, OverflowError) as reason:
        raise ValueError(f"{text!r} is no time of the calendar: {reason}") from reason
    return moment


def is_moment(value: object) -> bool:
    """Return whether a value is an ``xsd:dateTimeStamp`` between the years 1000 and 9998.

    >>> is_moment("2026-09-22T07:15:00+08:00"), is_moment("2026-02-29T07:15:00Z")
    (True, False)
    """
    if not isinstance(value, str) or _STAMP.fullmatch(value) is None:
        return False
    try:
        parse_moment(value)
    except ValueError:
        return False
    return True


def write_moment(moment: datetime, offset: str = "+00:00") -> str:
    """Return a moment as text in the given offset; UTC is written ``Z``.

    >>> write_moment(parse_moment("2026-09-22T07:15:00+08:00"), "+08:00")
    '2026-09-22T07:15:00.000+08:00'
    >>> write_moment(parse_moment("2026-09-22T07:15:00+08:00"))
    '2026-09-21T23:15:00.000Z'
    """
    local = moment.astimezone(zone(offset))
    precision = "milliseconds" if local.microsecond % 1000 == 0 else "microseconds"
    return local.isoformat(timespec=precision).replace("+00:00", "Z")


def zone(offset: str) -> timezone:
    """Return the time zone of an ``eventTimeZoneOffset``.

    >>> zone("-03:30")
    datetime.timezone(datetime.timedelta(days=-1, seconds=73800))
    """
    if OFFSET.fullmatch(offset) is None:
        raise ValueError(f"{offset!r} is no offset from -14:00 to +14:00, as in +08:00")
    sign = -1 if offset[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6])))
