"""What an event does to lots, whoever sent it: a form of ours or a partner's document."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from originmark.origin.parties.access import Actor
from originmark.standards.epcis.fingerprint import namespaces
from originmark.standards.gs1.epc_urn import canonical_epc
from originmark.trace.ledger.services import StoredEvent
from originmark.trace.lots import rules
from originmark.trace.lots.effects import reading
from originmark.trace.lots.effects.births import apply_birth
from originmark.trace.lots.effects.movements import (
    apply_disposal,
    apply_receiving,
    apply_shipping,
    apply_storing,
)
from originmark.trace.lots.effects.reading import Named
from originmark.trace.lots.effects.screening import concerning
from originmark.trace.lots.effects.stock import Happening
from originmark.trace.lots.effects.transformations import apply_transformation
from originmark.trace.lots.effects.withdrawals import apply_withdrawal
from originmark.trace.lots.models import Lot

_EFFECTS: dict[str, Callable[[Happening], None]] = {
    reading.BIRTH: apply_birth,
    reading.TRANSFORMATION: apply_transformation,
    reading.STORING: apply_storing,
    reading.SHIPPING: apply_shipping,
    reading.RECEIVING: apply_receiving,
    reading.DISPOSAL: apply_disposal,
}


def apply_events(stored: Sequence[StoredEvent], *, by: Actor, now: datetime) -> None:
    """Apply those events of a document that concern lots; called inside its transaction."""
    for each in concerning(stored):
        apply_event(each, by=by, now=now)


def apply_event(stored: StoredEvent, *, by: Actor, now: datetime) -> None:
    """Change balances and places as a stored event says; called inside its transaction.

    An event that names none of our lots and makes none has no effect. A refusal keeps the whole
    document out of the ledger.
    """
    step = reading.read(stored.event)
    if step is None:
        return
    step = replace(
        step,
        event_uri=stored.event_id,
        inputs=_canonical(step.inputs),
        outputs=_canonical(step.outputs),
        lots=_canonical(step.lots),
        prefixes=_prefixes(stored),
    )
    happening = Happening(step, stored.id, by, now)
    if step.is_error:
        apply_withdrawal(happening)
        return
    _EFFECTS[step.kind](happening)
    if Lot.objects.filter(records__event_id=stored.id).exists():
        rules.check_moment(step.happened_at, now=now)


def _prefixes(stored: StoredEvent) -> tuple[str, ...]:
    """Return how the event may write the programme's own namespace."""
    bound = namespaces([stored.context, stored.body.get("@context")])
    own = [f"{prefix}:" for prefix, uri in bound.items() if uri == reading.NAMESPACE]
    return ("om:", reading.NAMESPACE, *own)


def _canonical(names: tuple[Named, ...]) -> tuple[Named, ...]:
    return tuple(replace(each, epc=canonical_epc(each.epc)) for each in names)
