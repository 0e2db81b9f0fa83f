"""The parameters of ``GET /epcis/events``: each is one filter, all of them hold at once."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.times import parse_moment
from originmark.standards.epcis.vocabulary import Vocabulary
from originmark.trace.ledger.models import Event, EventIdentifier

Role = EventIdentifier.Role
Values = Sequence[str]


class ParameterInvalid(ValueError):
    """A query parameter is unknown or has a value that it cannot have."""


def narrowed(rows: QuerySet[Event], parameters: Mapping[str, Values]) -> QuerySet[Event]:
    """Return the rows for which every parameter holds; within one, any value is enough.

    Raises ParameterInvalid.
    """
    for name, given in parameters.items():
        make = _FILTERS.get(name)
        if make is None:
            known = ", ".join(sorted(_FILTERS))
            raise ParameterInvalid(
                _("%(name)s is no parameter here; known are %(known)s.")
                % {"name": name, "known": known}
            )
        values = [value for each in given for value in each.split("|") if value]
        if any("\x00" in value for value in values):
            raise ParameterInvalid(
                _("%(name)s holds a character that no value has.") % {"name": name}
            )
        if not values:
            raise ParameterInvalid(_("%(name)s has no value.") % {"name": name})
        rows = rows.filter(make(name, values))
    return rows


Filter = Callable[[str, Values], Q]


def _time(column: str, comparison: str) -> Filter:
    return lambda name, values: Q(**{f"{column}__{comparison}": _moment(name, values)})


def _moment(name: str, values: Values) -> datetime:
    if len(values) != 1:
        raise ParameterInvalid(_("%(name)s takes one time.") % {"name": name})
    try:
        # A plus sign in an address is read as a blank where nobody escaped it.
        return parse_moment(values[0].replace(" ", "+"))
    except ValueError as reason:
        raise ParameterInvalid(f"{name}: {reason}") from reason


def _column(column: str) -> Filter:
    return lambda _name, values: Q(**{f"{column}__in": values})


def _word(column: str, vocab: Vocabulary) -> Filter:
    return lambda _name, values: Q(**{f"{column}__in": [vocab.normalise(each) for each in values]})


def _action(name: str, values: Values) -> Q:
    if strange := set(values) - vocabulary.ACTIONS:
        raise ParameterInvalid(
            _("%(name)s: found %(found)s, expected ADD, OBSERVE or DELETE.")
            % {"name": name, "found": ", ".join(sorted(strange))}
        )
    return Q(action__in=values)


def _naming(*roles: str) -> Filter:
    def make(_name: str, values: Values) -> Q:
        rows = EventIdentifier.objects.filter(identifier__in=values, role__in=roles)
        return Q(pk__in=rows.values("event_id"))

    return make


def _declares_error(name: str, values: Values) -> Q:
    answers = {"true": True, "1": True, "false": False, "0": False}
    if values[0] not in answers:
        raise ParameterInvalid(_("%(name)s takes true or false.") % {"name": name})
    return Q(is_error_declaration=answers[values[0]])


_EPCS = (Role.EPC, Role.CHILD)
_CLASSES = (Role.CLASS, Role.CHILD_CLASS)
_FILTERS: dict[str, Filter] = {
    "eventType": _column("type"),
    "GE_eventTime": _time("event_time", "gte"),
    "LT_eventTime": _time("event_time", "lt"),
    "GE_recordTime": _time("record_time", "gte"),
    "LT_recordTime": _time("record_time", "lt"),
    "EQ_action": _action,
    "EQ_bizStep": _word("biz_step", vocabulary.BIZ_STEP),
    "EQ_disposition": _word("disposition", vocabulary.DISPOSITION),
    "EQ_readPoint": _column("read_point"),
    "EQ_bizLocation": _column("biz_location"),
    "EQ_eventID": _column("event_id"),
    "EQ_transformationID": _naming(Role.TRANSFORMATION),
    "MATCH_epc": _naming(*_EPCS),
    "MATCH_parentID": _naming(Role.PARENT),
    "MATCH_inputEPC": _naming(Role.INPUT),
    "MATCH_outputEPC": _naming(Role.OUTPUT),
    "MATCH_anyEPC": _naming(*_EPCS, Role.PARENT, Role.INPUT, Role.OUTPUT),
    "MATCH_epcClass": _naming(*_CLASSES),
    "MATCH_inputEPCClass": _naming(Role.INPUT_CLASS),
    "MATCH_outputEPCClass": _naming(Role.OUTPUT_CLASS),
    "MATCH_anyEPCClass": _naming(*_CLASSES, Role.INPUT_CLASS, Role.OUTPUT_CLASS),
    "EXISTS_errorDeclaration": _declares_error,
}
