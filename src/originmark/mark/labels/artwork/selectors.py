"""Questions about artwork; each says what it costs."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from originmark.mark.evaluation import selectors as evaluation
from originmark.mark.labels.artwork import picture_limits, picture_rules, rules, rulesets
from originmark.mark.labels.artwork.content import ON_LABEL, ArtworkDraft
from originmark.mark.labels.artwork.models import Artwork, ArtworkPicture, LabelTemplate
from originmark.mark.labels.artwork.refusals import NoProducer, UnknownArtwork, UnknownTemplate
from originmark.mark.labels.artwork.rules import Finding, Known
from originmark.mark.labels.artwork.rulesets import MUST, SHOULD, Ruleset
from originmark.mark.licensing import selectors as licensing
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.products import selectors as products


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a check: the rule sets, the findings, and the fields that are fine."""

    sets: tuple[Ruleset, ...]
    findings: tuple[Finding, ...]
    fine: tuple[str, ...]

    @property
    def is_printable(self) -> bool:
        """Return whether nothing must be mended before printing."""
        return rules.is_printable(self.findings)


def artworks(by: Actor) -> QuerySet[Artwork]:
    """Return the artwork of the actor's organisations; to the office, all."""
    rows = Artwork.objects.select_related("product", "organisation", "picture")
    return access.visible(by, rows).order_by("-made_at", "-pk")


def artwork(number: str, by: Actor) -> Artwork:
    """Return artwork that the actor may read; raises UnknownArtwork for hidden ones too."""
    found = artworks(by).filter(number=number).first()
    if found is None:
        raise UnknownArtwork(number=number[:60])
    return found


def templates(by: Actor) -> QuerySet[LabelTemplate]:
    """Return the templates of the actor's organisations, newest first; to the office, all."""
    rows = LabelTemplate.objects.select_related("product", "organisation")
    return access.visible(by, rows).order_by("-made_at", "-pk")


def template(key: UUID, by: Actor) -> LabelTemplate:
    """Return a template that the actor may read; raises UnknownTemplate for hidden ones too."""
    found = templates(by).filter(key=key).first()
    if found is None:
        raise UnknownTemplate
    return found


def unrecorded(draft: ArtworkDraft, by: Actor) -> Artwork:
    """Return the row of a label as it would be recorded, but for its version; writes nothing.

    Raises UnknownProduct, NoProducer, NotAllowed or UnknownBrand.
    """
    product = products.product(draft.product_code)
    if product.organisation_id is None:
        raise NoProducer(product.name)
    access.require(by, "labels.artwork", organisation_id=product.organisation_id)
    if draft.brand_code:
        schemes.brand(draft.brand_code)
    return Artwork(
        product_id=product.id,
        product_code=product.code,
        organisation_id=product.organisation_id,
        market=draft.market,
        category=draft.category,
        print_on=draft.print_on,
        brand_code=draft.brand_code,
        content=draft.content.as_json(),
    )


def checked_words(row: Artwork) -> Checked:
    """Check what a label says for the day it is to be printed, not its picture. Some six queries.

    The row need not be recorded.
    """
    return _checked(row, known(row), [])


def checked(row: Artwork) -> Checked:
    """Check a label and its picture for the day it is to be printed. Some eight queries."""
    about = known(row)
    return _checked(row, about, seen(row, about.gtin))


def _checked(row: Artwork, about: Known, on_picture: list[Finding]) -> Checked:
    content = row.says
    sets = rulesets.applying(
        rulesets.known(settings.LABEL_RULES), row.market, row.category, row.print_on
    )
    findings = rules.check(content, row.category, sets, about) + on_picture
    wrong = {each.field for each in findings}
    fields = {each.name for one in sets for each in rules.asked(content, row.category, one)}
    fine = tuple(name for name in ON_LABEL if name in fields - wrong)
    return Checked(tuple(sets), tuple(findings), fine)


def picture_of(row: Artwork) -> ArtworkPicture | None:
    """Return the picture of a label, if there is one. At most one query."""
    return getattr(row, "picture", None)


def seen(row: Artwork, gtin: str) -> list[Finding]:
    """Return what is found on the picture, and what nobody has looked at yet. One query."""
    picture = picture_of(row)
    if picture is None:
        return [Finding("picture", "no-picture", "", SHOULD, rules.RECORD)]
    measured = picture_rules.Measured.from_json(picture.measured)
    path = f"01/{gtin}" if gtin else f"own/{row.product_code}"
    limits = picture_limits.limits(settings.LABEL_RULES)
    found = picture_rules.check(
        measured, picture.width_mm, limits, public_url=settings.PUBLIC_URL, path=path
    )
    ticked = set(picture.ticks.values_list("item", flat=True))
    if left := len(picture_rules.BY_EYE.keys() - ticked):
        facts = (("open", str(left)),)
        found.append(Finding("picture", "not-seen", "", MUST, rules.RECORD, facts=facts))
    return found


def known(row: Artwork) -> Known:
    """Return what the records say about the product on the day of printing."""
    product = products.product(row.product_code)
    star = evaluation.star_on(row.product_code, row.print_on)
    brand, is_licensed = "", False
    if row.brand_code:
        brand = schemes.brand(row.brand_code).name
        is_licensed = licensing.licence_state(
            row.organisation_id, row.brand_code, row.product_code, row.print_on
        ).is_valid
    return Known(
        gtin=product.gtin,
        net_content_g=product.net_content_g,
        stars=star.stars if star else 0,
        brand=brand,
        is_licensed=is_licensed,
    )
