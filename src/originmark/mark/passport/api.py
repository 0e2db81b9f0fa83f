"""Passports, for programs."""

from ninja import Router

from originmark.mark.passport.credentials.api import router as credentials
from originmark.mark.passport.resolver.api import router as links

router = Router(tags=["passport"])
router.add_router("/credentials", credentials)
router.add_router("/links", links)
