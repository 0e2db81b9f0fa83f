"""``/epcis/log``: proofs for whoever wants to check."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from originmark.origin.parties.access import Actor
from originmark.standards.epcis.times import write_moment
from originmark.trace.ledger import selectors
from originmark.trace.ledger.door import EpcisProblem, json_response, resource


def get_checkpoint(_request: HttpRequest, _by: Actor) -> HttpResponse:
    """Say how far the log has grown. It is not signed yet."""
    head = selectors.checkpoint()
    grew_at = write_moment(head.grew_at) if head.grew_at else None
    return json_response({"size": head.size, "rootHash": head.root.hex(), "grewAt": grew_at})


def get_inclusion(_request: HttpRequest, by: Actor, index: int) -> HttpResponse:
    """Prove that an event is in the log; hashes are SHA-256 in hexadecimal."""
    known = selectors.events(by).filter(pk=index).exists()
    proof = selectors.inclusion(index) if known else None
    if proof is None:
        raise EpcisProblem(404, _("There is no event at place %(index)s.") % {"index": index})
    return json_response(
        {
            "leafIndex": proof.leaf_index,
            "treeSize": proof.tree_size,
            "leafData": proof.leaf_data.decode(),
            "leafHash": proof.leaf_hash.hex(),
            "path": [each.hex() for each in proof.path],
            "rootHash": proof.root.hex(),
        }
    )


checkpoint = resource(GET=get_checkpoint)
inclusion = resource(GET=get_inclusion)
