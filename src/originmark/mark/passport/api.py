from ninja import Router

from originmark.mark.passport.resolver.api import router as links

router = Router(tags=["passport"])
router.add_router("/links", links)
