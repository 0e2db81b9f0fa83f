"""Brands whose rules know quotas, and users with land, for tests."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from builders.licensing import a_licence
from builders.parties import an_organisation
from builders.places import a_growing_area
from builders.rulebooks import a_use_rules_text
from builders.schemes import NOON, a_brand, a_rulebook

from originmark.mark.licensing import services
from originmark.mark.licensing.models import Quota, QuotaDraw
from originmark.mark.schemes import services as schemes
from originmark.mark.schemes.models import Brand
from originmark.origin.parties import access
from originmark.origin.parties.models import Organisation

SEASON = 2026


def a_quota_brand(code: str = "yangqu", **more: object) -> Brand:
    """A brand of millet: 300 kg/mu of grain, 0.80 of it millet, quotas with 5 % tolerance."""
    brand = a_brand(code, **more)  # type: ignore[arg-type]
    a_rulebook(brand)
    text = a_use_rules_text(code, code=f"{code}-use")
    schemes.load_rulebook(text, by=access.SYSTEM, now=NOON)
    return brand


@dataclass
class User:
    """A user of a brand with a quota of 37,800 kg: 10 ha × 4,500 kg/ha × 0.80 × 1.05."""

    organisation: Organisation
    brand: Brand

    @property
    def quota(self) -> Quota:
        """Return the quota as the database has it now."""
        return Quota.objects.get(organisation=self.organisation, brand=self.brand, season=SEASON)

    def draw(
        self, kg: str, reference: str = "run-1", season: int = SEASON, now: datetime = NOON
    ) -> QuotaDraw | None:
        """Draw on the quota."""
        return services.draw_quota(
            self.organisation.pk, self.brand.code, season, Decimal(kg), reference,
            by=access.SYSTEM, now=now,
        )  # fmt: skip


def a_user(brand: Brand | None = None, **more: object) -> User:
    """A licensed user with ten hectares of millet and the quota that follows."""
    brand = brand or a_quota_brand()
    organisation = an_organisation(**more)  # type: ignore[arg-type]
    a_licence(organisation, brand)
    a_growing_area(organisation=organisation)
    services.compute_quotas(brand.code, SEASON, by=access.SYSTEM, now=NOON)
    return User(organisation, brand)
