"""Credentials, for programs: what was issued, revoking, verifying."""

from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate
from pydantic import AwareDatetime, Field

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.mark.passport.credentials import checking, register, selectors
from originmark.mark.passport.credentials.models import Credential
from originmark.mark.passport.credentials.views import VERIFIES
from originmark.origin.parties import access
from originmark.standards.credentials.verification import Verification

router = Router(tags=["credentials"], auth=access.API_AUTH)


class CredentialOut(Schema):
    """An issue of a credential; its signed text is under ``url``."""

    url: str
    kind: str
    about: str
    name: str
    issued_at: AwareDatetime
    valid_until: AwareDatetime
    revoked_at: AwareDatetime | None
    reason: str

    @staticmethod
    def resolve_url(row: Credential) -> str:
        """Return the address of this very issue."""
        return f"{register.url_of(row.about)}/{row.pk}"


class RevokeIn(Schema):
    """Why a credential counts no more; everybody may read it."""

    about: Annotated[str, Field(max_length=160, examples=["lot:P26-SYFN6LV"])]
    reason: Annotated[str, Field(max_length=300, examples=["Issued for the wrong lot"])]


class VerifyIn(Schema):
    """A signed credential of this programme."""

    credential: Annotated[str, Field(max_length=1_000_000, examples=["eyJhbGciOiJFZERTQSJ9…"])]


class CheckOut(Schema):
    """One check: what was found, and why it failed if it did."""

    name: str
    found: str
    reason: str | None


class VerificationOut(Schema):
    """Whether a credential counts, and each check in order."""

    is_valid: bool
    reason: str | None
    checks: list[CheckOut]
    credential: dict[str, Any]


@router.get("", response=list[CredentialOut], summary="List credentials")
@paginate(Pages)
def get_credentials(request: HttpRequest) -> QuerySet[Credential]:
    """Return what was issued about organisations that the asker may read, newest first."""
    return selectors.credentials(access.actor_of(request))


@router.post("/revoke", response=CredentialOut, summary="Revoke a credential")
def post_revocation(request: HttpRequest, body: RevokeIn) -> Credential:
    """Let the live credential about a thing, and all that stand on it, count no more."""
    by = access.actor_of(request)
    return register.revoke(body.about, reason=body.reason, by=by, now=clock.now())


@router.post("/verify", auth=None, response=VerificationOut, summary="Verify a credential")
def post_verification(request: HttpRequest, body: VerifyIn) -> Verification:
    """Say of each check what was found; for anybody, and nothing is kept."""
    VERIFIES.count(request)
    return checking.check(body.credential, now=clock.now())
