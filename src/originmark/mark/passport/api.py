"""Passports, for programs."""

from ninja import Router

from originmark.mark.passport.credentials.api import router as credentials
from originmark.origin.parties import access

router = Router(tags=["passport"], auth=access.API_AUTH)
router.add_router("/credentials", credentials)
