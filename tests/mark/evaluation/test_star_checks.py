"""Visits with samples and photos, and the honouring of the best."""

import io
from datetime import date, timedelta

import pytest
from builders.parties import an_actor, an_inspector, an_officer, an_organisation
from builders.stars import NOON, a_decision, a_star
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from originmark.frame.web.uploads import NotAPicture
from originmark.mark.evaluation import checks_rules as rules
from originmark.mark.evaluation import services, stars_refusals
from originmark.mark.evaluation.models import CheckPhoto, FieldCheck, Honour, Sample
from originmark.mark.evaluation.services import SampleDraft
from originmark.origin.parties.access import NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rulebook")]
TODAY = date(2026, 10, 15)


def a_check(number: str = "", kind: str = "field") -> FieldCheck:
    return services.plan_check(
        number or a_star().number, kind=kind, planned_on=TODAY, by=an_officer()
    )


def a_sample(check: FieldCheck, **more: object) -> Sample:
    facts = {"units": 5, "seal_number": "S-1", "taken_on": TODAY, "handed_to": "Laboratory"}
    draft = SampleDraft(**(facts | more))  # type: ignore[arg-type]
    return services.take_sample(check.pk, draft, by=an_inspector(), now=NOON)


def a_picture() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG")
    return SimpleUploadedFile("field.jpg", file.getvalue())


def test_an_inspector_takes_samples_and_photos_and_says_what_was_found() -> None:
    check = a_check(a_decision(number="D-9").dossier.number)
    assert check.about == "D-9"

    sample = a_sample(check)
    services.add_photo(check.pk, a_picture(), caption="The kiln", by=an_inspector(), now=NOON)
    done = services.record_check(
        check.pk, result="in-order", findings="", on=TODAY, by=an_inspector(), now=NOON
    )

    assert (sample.units, sample.handed_to) == (5, "Laboratory")
    assert CheckPhoto.objects.get().photo.name.startswith("checks/")
    assert (done.result, done.done_on) == ("in-order", TODAY)
    for late in (lambda: a_sample(check, seal_number="S-2"), lambda: again(check)):
        with pytest.raises(rules.CheckIsDone):
            late()


def again(check: FieldCheck) -> FieldCheck:
    return services.record_check(
        check.pk, result="failed", findings="Mould", on=TODAY, by=an_inspector(), now=NOON
    )


def test_what_cannot_have_happened_is_refused_and_leaves_nothing() -> None:
    check = a_check()
    tomorrow = TODAY + timedelta(1)
    for more, refusal in (
        ({"taken_on": tomorrow}, rules.CheckInTheFuture),
        ({"units": 0}, rules.SampleIncomplete),
        ({"seal_number": " "}, rules.SampleIncomplete),
        ({"handed_to": ""}, rules.SampleIncomplete),
    ):
        with pytest.raises(refusal):
            a_sample(check, **more)
    with pytest.raises(rules.FindingsMissing):
        services.record_check(
            check.pk, result="failed", findings=" ", on=TODAY, by=an_inspector(), now=NOON
        )
    with pytest.raises(NotAPicture):
        services.add_photo(
            check.pk, SimpleUploadedFile("a.jpg", b"no"), caption="", by=an_inspector(), now=NOON
        )
    with pytest.raises(rules.NothingToCheck):
        a_check("D-0")
    with pytest.raises(rules.UnknownCheck):
        again(FieldCheck(pk=0))
    check.refresh_from_db()
    assert (check.done_on, Sample.objects.count(), CheckPhoto.objects.count()) == (None, 0, 0)


def test_one_seal_is_on_one_sample() -> None:
    first, second = a_check(), a_check()
    a_sample(first)
    with pytest.raises(rules.SealTaken) as refused:
        a_sample(second)
    assert refused.value.facts == {"seal": "S-1", "number": first.about}


def test_the_office_plans_and_inspectors_go_out() -> None:
    coop = an_organisation()
    star = a_star(organisation=coop)
    for by in (an_actor(coop, "manager"), an_inspector()):
        with pytest.raises(NotAllowed):
            services.plan_check(star.number, kind="field", planned_on=TODAY, by=by)
    check = a_check(star.number)
    for by in (an_actor(coop, "manager"), an_officer("viewer")):
        with pytest.raises(NotAllowed):
            services.record_check(
                check.pk, result="in-order", findings="", on=TODAY, by=by, now=NOON
            )


def test_a_product_whose_star_counts_is_honoured_once_per_title() -> None:
    star = a_star()

    def honour(on: date = TODAY, title: str = "Best tea") -> Honour:
        return services.honour(star.number, title=title, on=on, by=an_officer())

    assert honour().pk == honour().pk
    assert honour(title="Best packaging").year == 2026
    with pytest.raises(rules.NotHonourable):
        honour(on=date(2029, 3, 15))
    with pytest.raises(NotAllowed):
        services.honour(star.number, title="Best", on=TODAY, by=an_inspector())
    with pytest.raises(stars_refusals.UnknownStar):
        services.honour("D-0", title="Best", on=TODAY, by=an_officer())
    assert Honour.objects.count() == 2
