"""What a lot is promised to be, each with its evidence and with who checked it."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from originmark.mark.evaluation.selectors import StarFacts
from originmark.mark.licensing.selectors import LicenceFacts
from originmark.mark.passport.standing import Standing
from originmark.mark.passport.values import WARN, Promise
from originmark.mark.schemes import selectors as schemes
from originmark.mark.schemes.selectors import BrandFacts
from originmark.origin.certificates import selectors as certificates
from originmark.trace.lots.selectors import LotFacts


def promises(
    lot: LotFacts,
    *,
    brand: BrandFacts | None,
    standing: Standing,
    area_ids: list[int],
    language: str,
    on: date,
) -> list[Promise]:
    """Return the stars, the licence, the rights, the certificates and the producer's own word.

    Three queries: the star's rulebook, the rights, the certificates.
    """
    return [
        *(_stars(standing.star, language) if standing.star else []),
        *(_licence(standing.licence, brand) if standing.licence and brand else []),
        *(_rights(brand, on) if brand else []),
        *_certificates(lot, area_ids, on),
        *_own_word(lot, area_ids),
    ]


def _stars(star: StarFacts, language: str) -> Iterator[Promise]:
    if star.is_valid:
        count = {"count": star.stars}
        yield Promise(
            title=ngettext("%(count)s star", "%(count)s stars", star.stars) % count,
            detail=_("no. %(number)s, valid until %(day)s")
            % {"number": star.number, "day": date_format(star.valid_until, "DATE_FORMAT")},
            icon="award",
            url=star.document_url,
            verifier=_council(star, language),
            stars=star.stars,
        )
        return
    ended = star.revoked_from or star.valid_until
    title = (
        _("The stars were taken back on %(day)s")
        if star.revoked_from
        else _("The stars expired on %(day)s")
    )
    yield Promise(
        title=title % {"day": date_format(ended, "DATE_FORMAT")},
        detail=_("no. %(number)s: the product may not carry them now") % {"number": star.number},
        icon="award",
        url=star.document_url,
        verifier=_council(star, language),
        tone=WARN,
    )


def _council(star: StarFacts, language: str) -> str:
    """Return who awarded a star: the level, as the rulebook that it was awarded by names it."""
    scheme = schemes.star_scheme(star.scheme_code, star.scheme_version)
    names = {each.code: each.name.in_language(language) for each in scheme.levels}
    return _("evaluation council (%(level)s)") % {"level": names.get(star.level, star.level)}


def _licence(licence: LicenceFacts, brand: BrandFacts) -> Iterator[Promise]:
    users = reverse("licensing:user_list")
    yield Promise(
        title=_("Licensed to use the mark"),
        detail=_("no. %(number)s, valid until %(day)s")
        % {"number": licence.number, "day": date_format(licence.valid_until, "DATE_FORMAT")},
        icon="license",
        url=f"{users}?{urlencode({'q': licence.number})}",
        verifier=brand.owner_name,
    )


def _rights(brand: BrandFacts, on: date) -> Iterator[Promise]:
    for right in schemes.rights_in_force(brand.code, on):
        yield Promise(
            title=right.kind_name,
            detail=_("%(name)s, no. %(number)s") % {"name": right.name, "number": right.number},
            icon="rosette-discount-check",
            url=right.url,
            verifier=right.authority,
        )


def _certificates(lot: LotFacts, area_ids: list[int], on: date) -> Iterator[Promise]:
    found = certificates.certificates_for([lot.organisation_id], [lot.product_id], area_ids, on)
    for each in found:
        until = date_format(each.valid_until, "DATE_FORMAT") if each.valid_until else ""
        facts = {"number": each.number, "day": until}
        yield Promise(
            title=each.type_name,
            detail=(_("no. %(number)s, valid until %(day)s") if until else _("no. %(number)s"))
            % facts,
            icon="certificate",
            url=each.file_url or each.url,
            verifier=each.issuer,
        )


def _own_word(lot: LotFacts, area_ids: list[int]) -> Iterator[Promise]:
    if lot.origin_complete and area_ids:
        yield Promise(
            title=_("Every field is known"),
            detail=_("The producers recorded all the land that this lot grew on."),
            icon="plant-2",
            url="#where",
        )
