from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchemesConfig(AppConfig):
    name = "originmark.mark.schemes"
    label = "schemes"
    verbose_name = _("Schemes")

    def ready(self) -> None:
        """Say who may do what, and keep a history of what changes."""
        from auditlog.registry import auditlog

        from originmark.frame.jobs import sockets as jobs
        from originmark.frame.web.imports import register_import
        from originmark.frame.web.sockets import (
            register_home_card,
            register_nav,
            register_search,
        )
        from originmark.mark.schemes import front
        from originmark.mark.schemes.entrance import NAVIGATION, find, find_gi
        from originmark.mark.schemes.importers import RIGHTS
        from originmark.mark.schemes.models import (
            Brand,
            BrandProduct,
            CoUseConsent,
            CriteriaSet,
            CultivationPlan,
            GiApplication,
            GiDecision,
            GiDocument,
            GiEvidence,
            GiHearing,
            GiJudgement,
            GiLink,
            GiOpposition,
            PlanMeasure,
            Right,
            Rulebook,
        )
        from originmark.mark.schemes.selectors import season_bounds
        from originmark.origin.parties.access import is_manager, is_officer, is_recorder, register
        from originmark.trace.lots.sockets import Bounds, register_bounds

        def bounds(product: str, _area: int | None, season: int, process: str) -> Bounds | None:
            found = season_bounds(product, season, process)
            if found is None:
                return None
            return Bounds(
                found.yield_cap_kg_per_ha, found.ratio_low, found.ratio_high, found.source
            )

        for verb in ("record_brand", "record_right", "import_rights", "load_rulebook"):
            register(f"schemes.{verb}", is_officer)
        register("schemes.consent", is_manager | is_officer)
        register("schemes.gi_apply", is_recorder | is_officer)
        register("schemes.gi_decide", is_officer)
        register("schemes.plan", is_officer)
        register("schemes.plan_progress", is_recorder | is_officer)
        for model in (
            Brand,
            BrandProduct,
            CoUseConsent,
            CriteriaSet,
            CultivationPlan,
            GiApplication,
            GiDecision,
            GiDocument,
            GiEvidence,
            GiHearing,
            GiJudgement,
            GiLink,
            GiOpposition,
            PlanMeasure,
            Right,
            Rulebook,
        ):
            auditlog.register(model)
        register_import(RIGHTS)
        register_bounds(bounds)
        for item in NAVIGATION:
            register_nav(item)
        register_search("schemes", find)
        register_search("gi", find_gi)
        for card in (front.rights_card, front.gi_card, front.plan_card):
            register_home_card(card)
        jobs.register_atomic_task("schemes.notice_rights", front.notice_daily)
        jobs.register_schedule(
            "schemes.rights_watch", "schemes.notice_rights", every=timedelta(days=1)
        )
