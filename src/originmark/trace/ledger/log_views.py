"""``/epcis/log``: proofs for whoever wants to check.

Checkpoints, keys and proofs of consistency say nothing of any event, so anybody may have them.
Hashes are SHA-256 in hexadecimal.
"""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from originmark.frame.web import clock
from originmark.frame.web.limits import Limit
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.times import write_moment
from originmark.standards.transparency import bundles
from originmark.standards.transparency.notes import VerifierKey
from originmark.trace.ledger import keys, proving, selectors, signing, sockets
from originmark.trace.ledger.door import (
    EpcisProblem,
    json_response,
    open_resource,
    resource,
    signed_in,
)
from originmark.trace.ledger.models import LogKey
from originmark.trace.ledger.signing import SignedCheckpoint
from originmark.trace.ledger.values import Inclusion

NOTES = "text/plain; charset=utf-8"
LONGEST_NOTE_BYTES = 64 * 1024
MOST_PROOFS = 20
CHECKPOINTS = Limit("log-checkpoint", times=600, seconds=60)
PROOFS = Limit("log-proof", times=120, seconds=60)
COSIGNING = Limit("log-cosign", times=60, seconds=60)


def get_checkpoint(request: HttpRequest, _by: Actor) -> HttpResponse:
    """Return the newest signed checkpoint, or the one of ``size``, as a note or as JSON."""
    CHECKPOINTS.count(request)
    size = _number(request, "size")
    found = signing.newest(now=clock.now()) if size is None else signing.at(size)
    return _checkpoint(request, found)


def post_cosignature(request: HttpRequest, _by: Actor) -> HttpResponse:
    """Take a witness's cosignature: the note with its line, or the line for ``size``."""
    COSIGNING.count(request)
    data: bytes = request.read(LONGEST_NOTE_BYTES + 1)
    if len(data) > LONGEST_NOTE_BYTES:
        most = {"most": LONGEST_NOTE_BYTES}
        raise EpcisProblem(413, _("The note has more than %(most)s bytes.") % most)
    try:
        body = data.decode()
    except UnicodeDecodeError as problem:
        raise EpcisProblem(400, _("The note is no UTF-8.")) from problem
    found = signing.cosign(body, size=_number(request, "size"), now=clock.now())
    return _checkpoint(request, found)


def get_consistency(request: HttpRequest, _by: Actor) -> HttpResponse:
    """Prove that the log of ``from`` leaves is the beginning of that of ``to`` (now)."""
    start = _number(request, "from")
    if start is None:
        raise EpcisProblem(400, _("Say from which size: ?from=SIZE, and ?to=SIZE if not to now."))
    proof = proving.consistency(start, _number(request, "to"))
    return json_response(
        {
            "from": proof.earlier,
            "fromRootHash": proof.earlier_root.hex(),
            "to": proof.size,
            "toRootHash": proof.root.hex(),
            "path": [each.hex() for each in proof.path],
        }
    )


def get_keys(_request: HttpRequest, _by: Actor) -> HttpResponse:
    """List the public keys of the log and of its witnesses, retired ones too."""
    listed = keys.listed(LogKey.Role.LOG)
    if not listed:  # nothing was signed yet, so that no key has shown itself
        keys.signing(now=clock.now())
        listed = keys.listed(LogKey.Role.LOG)
    return json_response(
        {
            "origin": keys.origin(),
            "keys": [_key(each) for each in listed],
            "witnesses": [_key(each) for each in keys.listed(LogKey.Role.WITNESS)],
        }
    )


def get_inclusion(request: HttpRequest, by: Actor, index: int) -> HttpResponse:
    """Prove that an event is in the log, as it stands or as it was at ``size``."""
    known = selectors.events(by).filter(pk=index).exists()
    proofs = proving.inclusions([index], size=_number(request, "size")) if known else {}
    if index not in proofs:
        raise EpcisProblem(404, _("There is no event at place %(index)s.") % {"index": index})
    return json_response(_inclusion(proofs[index]))


def find_inclusions(request: HttpRequest, by: Actor) -> HttpResponse:
    """Prove the events of an ``eventID`` or of an event hash; there may be several."""
    name, digest = request.GET.get("eventID", ""), request.GET.get("hash", "")
    if not (name or digest):
        raise EpcisProblem(400, _("Say which event: ?eventID=… or ?hash=…"))
    bare = digest.removeprefix("ni:///sha-256;").partition("?")[0].lower()
    wanted = Q(event_id=name) if name else Q(fingerprint=bare)
    found = selectors.events(by).filter(wanted).order_by("pk").values_list("pk", flat=True)
    proofs = proving.inclusions(list(found[:MOST_PROOFS]), size=_number(request, "size"))
    if not proofs:
        raise EpcisProblem(404, _("There is no such event in the log."))
    return json_response({"proofs": [_inclusion(each) for each in proofs.values()]})


def get_bundle(request: HttpRequest, _by: Actor, index: int) -> HttpResponse:
    """Return all that is needed to check an event without asking anybody.

    For anybody where a public page shows the event (``shown`` is its lot's code), else for who
    may read it.
    """
    PROOFS.count(request)
    shown = request.GET.get("shown", "")
    if not (shown and sockets.is_published(index, shown)):
        by = signed_in(request)
        if not selectors.events(by).filter(pk=index).exists():
            raise EpcisProblem(404, _("There is no event at place %(index)s.") % {"index": index})
    head = signing.newest(now=clock.now())
    proof = proving.inclusions([index], size=head.size)[index]
    response = json_response(bundle_of(proof, head))
    response.headers["Content-Disposition"] = f'attachment; filename="proof-{index}.json"'
    return response


def bundle_of(proof: Inclusion, head: SignedCheckpoint) -> dict[str, Any]:
    """Return the bundle of a proof against a signed checkpoint."""
    by_role: dict[str, list[VerifierKey]] = {LogKey.Role.LOG: [], LogKey.Role.WITNESS: []}
    for key in head.keys:
        by_role[key.role].append(VerifierKey.parse(key.verifier))
    return bundles.written(
        bundles.Proof(
            index=proof.leaf_index,
            data=proof.leaf_data,
            path=tuple(proof.path),
            note=head.note,
            keys=tuple(by_role[LogKey.Role.LOG]),
            witnesses=tuple(by_role[LogKey.Role.WITNESS]),
        )
    )


def _checkpoint(request: HttpRequest, found: SignedCheckpoint) -> HttpResponse:
    accept = request.headers.get("Accept", "")
    if "json" not in accept or "text/plain" in accept:
        return HttpResponse(found.note, content_type=NOTES, headers={"Vary": "Accept"})
    facts = {
        "size": found.size,
        "rootHash": found.root.hex(),
        "signedAt": write_moment(found.signed_at),
        "note": found.note,
        "keys": [_key(each) for each in found.keys],
    }
    return json_response(facts, Vary="Accept")


def _key(key: keys.KeyFacts) -> dict[str, Any]:
    until = write_moment(key.valid_until) if key.valid_until else None
    return {
        "key": key.verifier,
        "role": key.role,
        "validFrom": write_moment(key.valid_from),
        "validUntil": until,
    }


def _inclusion(proof: Inclusion) -> dict[str, Any]:
    return {
        "leafIndex": proof.leaf_index,
        "treeSize": proof.tree_size,
        "leafData": proof.leaf_data.decode(),
        "leafHash": proof.leaf_hash.hex(),
        "path": [each.hex() for each in proof.path],
        "rootHash": proof.root.hex(),
    }


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        words = {"name": name, "found": text[:40]}
        raise EpcisProblem(400, _("%(name)s is “%(found)s”; expected a whole number.") % words)
    return int(text)


checkpoint = open_resource(GET=get_checkpoint)
cosign = open_resource(POST=post_cosignature)
consistency = open_resource(GET=get_consistency)
log_keys = open_resource(GET=get_keys)
inclusion = resource(GET=get_inclusion)
inclusions = resource(GET=find_inclusions)
bundle = open_resource(GET=get_bundle)
