from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from builders.certificates import a_certificate, a_certificate_draft, a_certificate_type
from builders.parties import an_actor, an_officer, an_organisation
from builders.places import a_growing_area
from builders.products import a_crop, a_trade_item
from django.utils import timezone

from originmark.origin.certificates import rules, selectors, services
from originmark.origin.certificates.models import Certificate, CertificateType, ExpiryNotice
from originmark.origin.certificates.rules import (
    AlreadyRevoked,
    CertificateRecorded,
    ReasonMissing,
    ScopeOutsideHolder,
    TypesRefused,
    UnknownCertificate,
    UnknownCertificateType,
)
from originmark.origin.parties.access import NOBODY, SYSTEM, NotAllowed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.mark.parametrize("role", ["manager", "recorder"])
def test_whoever_records_for_the_holder_records_its_papers(role: str, noon: datetime) -> None:
    holder = an_organisation()
    draft = a_certificate_draft(holder=holder)
    certificate = services.record_certificate(draft, by=an_actor(holder, role), now=noon)
    assert certificate.recorded_at == noon
    assert selectors.row(certificate.pk, an_actor(holder, "viewer")).number == draft.number


def test_others_record_and_read_nothing(noon: datetime) -> None:
    holder = an_organisation()
    draft = a_certificate_draft(holder=holder)
    for by in (an_actor(holder, "viewer"), an_actor(an_organisation(), "manager"), NOBODY):
        with pytest.raises(NotAllowed):
            services.record_certificate(draft, by=by, now=noon)
    assert not Certificate.objects.exists()

    certificate = a_certificate(holder=holder)
    stranger = an_actor(an_organisation(), "manager")
    with pytest.raises(UnknownCertificate):
        selectors.row(certificate.pk, stranger)
    with pytest.raises(NotAllowed):
        services.change_certificate(certificate.pk, draft, by=stranger)


def test_a_paper_is_recorded_once(noon: datetime) -> None:
    certificate = a_certificate(number="VG-1")
    again = a_certificate_draft(number=" VG-1 ")
    with pytest.raises(CertificateRecorded, match="VG-1 of Certifier is recorded already"):
        services.record_certificate(again, by=SYSTEM, now=noon)
    assert services.change_certificate(certificate.pk, again, by=SYSTEM).pk == certificate.pk


def test_an_unknown_type_names_the_known_ones(noon: datetime) -> None:
    CertificateType.objects.exclude(code="organic").delete()
    draft = rules.CertificateDraft("1", "halal", "X", an_organisation().pk)
    with pytest.raises(UnknownCertificateType, match="no type of certificate halal"):
        services.record_certificate(draft, by=SYSTEM, now=noon)


def test_a_scope_stays_with_its_holder(noon: datetime) -> None:
    holder = an_organisation()
    own, crop, foreign = a_trade_item(organisation=holder), a_crop(), a_trade_item()
    draft = a_certificate_draft(holder=holder, products=(own.code, crop.code))
    certificate = services.record_certificate(draft, by=SYSTEM, now=noon)
    assert set(certificate.products.all()) == {own, crop}

    draft = a_certificate_draft(holder=holder, products=(foreign.code, "nothing"))
    with pytest.raises(ScopeOutsideHolder) as refused:
        services.record_certificate(draft, by=SYSTEM, now=noon)
    assert refused.value.found == (foreign.code, "nothing")
    assert Certificate.objects.count() == 1


def test_the_office_suspends_lifts_and_revokes() -> None:
    certificate, by = a_certificate(), an_officer()
    services.suspend_certificate(certificate.pk, on=TODAY, reason="no record book", by=by)
    assert selectors.row(certificate.pk, by).validity.status(TODAY) == rules.SUSPENDED
    services.lift_suspension(certificate.pk, by=by)
    assert selectors.row(certificate.pk, by).validity.status(TODAY) == rules.VALID
    services.revoke_certificate(certificate.pk, on=TODAY, reason="code lent", by=by)
    assert selectors.row(certificate.pk, by).validity.status(TODAY) == rules.REVOKED
    with pytest.raises(AlreadyRevoked, match="was revoked on 2026-06-01"):
        services.lift_suspension(certificate.pk, by=by)


def test_the_holder_does_not_judge_its_own_papers() -> None:
    holder = an_organisation()
    certificate = a_certificate(holder=holder)
    manager = an_actor(holder, "manager")
    for act in (services.suspend_certificate, services.revoke_certificate):
        with pytest.raises(NotAllowed):
            act(certificate.pk, on=TODAY, reason="x", by=manager)
    with pytest.raises(NotAllowed):
        services.lift_suspension(certificate.pk, by=manager)


def test_a_suspension_says_why() -> None:
    certificate = a_certificate()
    with pytest.raises(ReasonMissing):
        services.suspend_certificate(certificate.pk, on=TODAY, reason=" ", by=an_officer())
    certificate.refresh_from_db()
    assert certificate.suspended_on is None


def test_the_list_knows_each_status_as_the_rules_do() -> None:
    a_certificate(), a_certificate(valid_until=None)
    a_certificate(valid_until=date(2026, 7, 1))
    a_certificate(valid_until=date(2026, 5, 31))
    a_certificate(valid_from=date(2026, 7, 1))
    for number, fate in (("S", "suspended_on"), ("R", "revoked_on")):
        Certificate.objects.filter(pk=a_certificate(number=number).pk).update(**{fate: TODAY})
    rows = Certificate.objects.select_related("type")
    for status in rules.STATUSES:
        found = set(selectors.with_status(rows, status, TODAY))
        assert found == {each for each in rows if each.validity.status(TODAY) == status}
        assert found


def test_shoppers_see_what_covers_the_pack_and_holds_today() -> None:
    holder = an_organisation()
    product = a_trade_item(organisation=holder)
    whole = a_certificate(holder=holder, is_public=True)
    named = a_certificate(
        holder=holder, is_public=True, scope_kind="product", products=(product.code,)
    )
    a_certificate(holder=holder)
    a_certificate(holder=holder, is_public=True, valid_until=date(2026, 5, 1))
    a_certificate(is_public=True)
    found = selectors.certificates_for([holder.pk], [product.pk], [], TODAY)
    assert {each.id for each in found} == {whole.pk, named.pk}
    assert {each.file_url for each in found} == {""}
    assert selectors.certificates_for([], [], [], TODAY) == []


def test_only_public_papers_in_force_are_shown_to_anybody() -> None:
    shown = a_certificate(is_public=True)
    assert selectors.public_row(shown.pk, TODAY).pk == shown.pk
    for hidden, on in ((a_certificate(), TODAY), (shown, date(2028, 1, 2))):
        with pytest.raises(UnknownCertificate):
            selectors.public_row(hidden.pk, on)


def test_an_equivalent_counts() -> None:
    holder = an_organisation()
    a_certificate(holder=holder, type="organic")
    assert not selectors.holds(holder.pk, "vietgap-crop", TODAY)
    a_certificate_type("vietgap-crop").equivalents.add(a_certificate_type("organic"))
    assert selectors.holds(holder.pk, "vietgap-crop", TODAY)
    assert not selectors.holds(holder.pk, "vietgap-crop", date(2028, 1, 2))


def test_totals_by_type() -> None:
    holder = an_organisation()
    a_certificate(holder=holder, area_ha=Decimal("12.5"), households=40)
    a_certificate(area_ha=Decimal("7.5"), households=2)
    a_certificate(area_ha=Decimal(100), valid_until=date(2026, 1, 2))
    a_certificate(holder=holder, type="vietgahp", heads=900)
    totals = {each.type_code: each for each in selectors.roll_up(SYSTEM, TODAY)}
    assert totals["vietgap-crop"].area_ha == 20
    assert (totals["vietgap-crop"].households, totals["vietgap-crop"].holders) == (42, 2)
    assert totals["vietgahp"].heads == 900
    own = selectors.roll_up(an_actor(holder, "viewer"), TODAY)
    assert sum(each.area_ha for each in own) == Decimal("12.5")


def test_each_end_is_noticed_once(noon: datetime) -> None:
    today = timezone.localdate(noon)
    soon = a_certificate(valid_until=date(2026, 11, 1))
    a_certificate(), a_certificate(valid_until=date(2026, 9, 1))
    assert [each.certificate_id for each in services.notice_expiring(noon)] == [soon.pk]
    assert services.notice_expiring(noon) == []

    Certificate.objects.filter(pk=soon.pk).update(valid_until=date(2027, 11, 1))
    assert services.notice_expiring(noon) == []
    later = datetime(2027, 10, 15, 12, tzinfo=UTC)
    assert soon.pk in {each.certificate_id for each in services.notice_expiring(later)}
    assert ExpiryNotice.objects.filter(certificate=soon).count() == 2
    assert [each.pk for each in selectors.expiring(SYSTEM, on=today, days=30)] == []


def test_the_shipped_types_load_again_without_change() -> None:
    first = services.load_types(services.shipped_types(), by=SYSTEM)
    assert len(first) == 11
    before = list(CertificateType.objects.values())
    services.load_types(services.shipped_types(), by=SYSTEM)
    assert list(CertificateType.objects.values()) == before
    with pytest.raises(NotAllowed):
        services.load_types(services.shipped_types(), by=NOBODY)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("type =", "it is no TOML"),
        ("x = 1", "it holds no [[type]]"),
        ("[[type]]\nname = 'A'", "type 1 (without code) has no code"),
        ("[[type]]\ncode='a'\nname='A'\nscope='world'", "scope should be one of area,"),
        ("[[type]]\ncode='a'\nname='A'\nscope='area'\nsize=1", "has the unknown line size"),
        ("[[type]]\ncode='a'\nname='A'\nscope='area'\nbasis=1", "basis should be a str"),
        ("[[type]]\ncode='a'\nname='A'\nscope='area'\nmeasures=['kg']", "kg is no measure"),
        (
            "[[type]]\ncode='a'\nname='A'\nscope='area'\nequivalents=['b']",
            "a counts b as equivalent, which no type is called",
        ),
    ],
)
def test_a_file_that_cannot_be_changes_nothing(text: str, reason: str) -> None:
    before = CertificateType.objects.count()
    with pytest.raises(TypesRefused) as refused:
        services.load_types(text, by=SYSTEM)
    assert reason in str(refused.value)
    assert CertificateType.objects.count() == before


def test_a_paper_for_land_counts_for_that_land_alone() -> None:
    holder = an_organisation()
    area, other = a_growing_area(organisation=holder), a_growing_area(organisation=holder)
    paper = a_certificate(
        holder=holder, is_public=True, scope_kind="area", growing_areas=(area.code,)
    )
    assert [each.id for each in selectors.certificates_for([], [], [area.pk], TODAY)] == [paper.pk]
    assert selectors.certificates_for([holder.pk], [], [other.pk], TODAY) == []
    foreign = a_growing_area()
    with pytest.raises(ScopeOutsideHolder):
        a_certificate(holder=holder, scope_kind="area", growing_areas=(foreign.code,))


def test_the_office_changes_a_type() -> None:
    by = an_officer()
    said = {
        "name": "Organic",
        "warning_days": 10,
        "number_pattern": "",
        "equivalents": ["vietgap-crop"],
    }
    a_certificate_type("vietgap-crop"), a_certificate_type("organic")
    changed = services.change_type("organic", by=by, **said)
    assert [each.code for each in changed.equivalents.all()] == ["vietgap-crop"]
    with pytest.raises(rules.PatternRefused, match="is no regular expression"):
        services.change_type("organic", by=by, **{**said, "number_pattern": "("})
    with pytest.raises(NotAllowed):
        services.change_type("organic", by=NOBODY, **said)
