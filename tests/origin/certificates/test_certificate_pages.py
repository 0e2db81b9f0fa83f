from datetime import datetime, timedelta

import pytest
from builders.certificates import a_certificate, a_certificate_type
from builders.parties import a_client_for, an_actor, an_officer, an_organisation
from builders.places import a_growing_area
from builders.products import a_trade_item
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from originmark.frame.web import clock
from originmark.frame.web.importer import check, read_table, run
from originmark.origin.certificates import imports, panels, services
from originmark.origin.certificates.models import Certificate, ExpiryNotice
from originmark.origin.parties.access import SYSTEM

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture(autouse=True)
def files(settings: LazySettings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def what_is_typed(holder: object, **values: object) -> dict[str, object]:
    a_certificate_type("vietgap-crop")
    said = {"type": "vietgap-crop", "number": "VG-7", "issuer": "Certifier", "scope_kind": "area"}
    return {**said, "holder": str(holder.pk), "valid_until": in_days(45), **values}


def test_strangers_are_asked_to_sign_in() -> None:
    for name in ("list", "new", "watch", "types"):
        assert Client().get(reverse(f"certificates:{name}")).status_code == 302


def test_a_recorder_records_a_paper_with_its_document() -> None:
    holder = an_organisation()
    area = a_growing_area(organisation=holder)
    client = a_client_for(an_actor(holder))
    assert client.get(reverse("certificates:new")).status_code == 200
    typed = what_is_typed(
        holder,
        growing_areas=[area.code],
        area_ha="12.5",
        households="40",
        document=SimpleUploadedFile("../paper.html.pdf", PDF),
    )
    answer = client.post(reverse("certificates:new"), typed, follow=True)
    page = answer.content.decode()
    for shown in ("VG-7", "expires soon", "45 days left", area.name, "12.5", "paper.html.pdf"):
        assert shown in page
    row = Certificate.objects.get()
    document = client.get(reverse("certificates:document", args=[row.pk]))
    assert b"".join(document.streaming_content) == PDF
    assert document["Content-Type"] == "application/pdf"
    assert document["X-Content-Type-Options"] == "nosniff"
    assert "paper.html.pdf" in document["Content-Disposition"]


def test_a_refused_document_leaves_nothing_behind() -> None:
    holder = an_organisation()
    client = a_client_for(an_actor(holder))
    file = SimpleUploadedFile("paper.pdf", b"<script>x</script>")
    answer = client.post(reverse("certificates:new"), what_is_typed(holder, document=file))
    assert answer.status_code == 422
    assert not Certificate.objects.exists()


def test_a_wrong_date_is_shown_at_its_field() -> None:
    holder = an_organisation()
    client = a_client_for(an_actor(holder))
    typed = what_is_typed(holder, valid_from=in_days(50))
    answer = client.post(reverse("certificates:new"), typed)
    assert answer.status_code == 422
    assert "is before valid from" in str(answer.context["form"].errors["valid_until"])


def test_papers_are_read_by_the_holder_and_the_office_alone() -> None:
    holder = an_organisation()
    row = a_certificate(holder=holder)
    services.attach_document(row.pk, SimpleUploadedFile("a.pdf", PDF), by=SYSTEM)
    stranger = a_client_for(an_actor(an_organisation(), "manager"))
    for name in ("certificate", "document", "edit", "suspend"):
        assert stranger.get(reverse(f"certificates:{name}", args=[row.pk])).status_code == 404
    viewer = a_client_for(an_actor(holder, "viewer"))
    assert viewer.get(reverse("certificates:certificate", args=[row.pk])).status_code == 200
    assert viewer.get(reverse("certificates:edit", args=[row.pk])).status_code == 403
    manager = a_client_for(an_actor(holder, "manager"))
    assert manager.get(reverse("certificates:edit", args=[row.pk])).status_code == 200
    assert manager.get(reverse("certificates:suspend", args=[row.pk])).status_code == 403
    assert manager.post(reverse("certificates:lift", args=[row.pk])).status_code == 403


def test_shoppers_see_a_public_paper_while_it_is_in_force() -> None:
    shown, hidden = a_certificate(is_public=True, valid_until=None), a_certificate(valid_until=None)
    services.attach_document(shown.pk, SimpleUploadedFile("a.pdf", PDF), by=SYSTEM)
    page, document = (
        reverse(f"certificates:{name}", args=[shown.pk]) for name in ("public", "public_document")
    )
    assert shown.number in Client().get(page).content.decode()
    assert b"".join(Client().get(document).streaming_content) == PDF
    assert Client().get(reverse("certificates:public", args=[hidden.pk])).status_code == 404
    services.suspend_certificate(shown.pk, on=clock.today(), reason="x", by=SYSTEM)
    for address in (page, document):
        assert Client().get(address).status_code == 404


def test_the_office_suspends_on_the_page() -> None:
    row = a_certificate(valid_until=None)
    client = a_client_for(an_officer())
    address = reverse("certificates:suspend", args=[row.pk])
    assert client.post(address, {"on": in_days(0), "reason": ""}).status_code == 422
    page = client.post(address, {"on": in_days(0), "reason": "no record book"}, follow=True)
    assert "no record book" in page.content.decode()
    client.post(reverse("certificates:lift", args=[row.pk]))
    revoke = reverse("certificates:revoke", args=[row.pk])
    page = client.post(revoke, {"on": in_days(0), "reason": "code lent"}, follow=True)
    assert "revoked" in page.content.decode()


def test_the_list_and_the_watch_need_few_queries(django_assert_max_num_queries: object) -> None:
    for number in range(6):
        a_certificate(valid_until=clock.today() + timedelta(days=number * 20))
    client = a_client_for(an_officer())
    for name in ("list", "watch"):
        with django_assert_max_num_queries(12):
            page = client.get(reverse(f"certificates:{name}")).content.decode()
    assert "Within 30 days" in page
    assert "Within 90 days" in page
    narrowed = client.get(reverse("certificates:list"), {"status": "revoked"}).content.decode()
    assert "Nothing matches" in narrowed


def test_types_are_changed_by_the_office() -> None:
    a_certificate_type("organic"), a_certificate_type("globalgap")
    client = a_client_for(an_officer())
    address = reverse("certificates:type", args=["organic"])
    sent = {"name": "Organic", "warning_days": "30", "equivalents": ["globalgap"]}
    assert client.get(address).status_code == 200
    assert client.post(address, sent).status_code == 302
    assert "30" in client.get(reverse("certificates:types")).content.decode()
    other = a_client_for(an_actor(an_organisation(), "manager"))
    assert other.get(address).status_code == 403


def test_other_pages_show_papers() -> None:
    holder = an_organisation()
    product = a_trade_item(organisation=holder)
    row = a_certificate(
        holder=holder,
        scope_kind="product",
        products=(product.code,),
        valid_until=clock.today() + timedelta(days=3),
    )
    client = a_client_for(an_actor(holder, "viewer"))
    page = client.get(reverse("products:product", args=[product.code])).content.decode()
    assert row.number in page
    assert '<span class="badge badge-warn">expires soon</span>' in page
    assert "Certificates about to end" in client.get("/").content.decode()
    assert row.number in client.get("/search/", {"q": row.number}).content.decode()


def test_the_daily_task_writes_notices() -> None:
    a_certificate(valid_until=clock.today() + timedelta(days=3))
    assert panels.notice_daily({}, None) == {"noticed": 1}
    assert panels.notice_daily({}, None) == {"noticed": 0}
    assert ExpiryNotice.objects.count() == 1


def test_certificates_are_imported_once(noon: datetime) -> None:
    holder = an_organisation("coop")
    area = a_growing_area(organisation=holder)
    a_certificate_type("vietgap-crop")
    head = "number,type,issuer,holder,scope_kind,valid_from,valid_until,area_ha,growing_areas\n"
    text = head + (
        f"VG-1,vietgap-crop,Certifier,coop,area,2026-01-01,2028-01-01,12.5,{area.code}\n"
        "VG-2,vietgap-crop,Certifier,coop,,,,,\n"
    )

    def taken(text: str) -> object:
        file = SimpleUploadedFile("file.csv", text.encode())
        checked = check(imports.CERTIFICATES, read_table(file))
        return checked.errors or run(imports.CERTIFICATES, checked, by=SYSTEM, now=noon)

    assert taken(text).created == 2
    assert taken(text).unchanged == 2
    assert taken(text.replace("2028", "2029")).updated == 1
    bad = head + "V,vietgap-crop,C,coop,,1/1/26,,much,\n"
    assert [each.column for each in taken(bad)] == ["valid_from", "area_ha"]
    bad = head + "V,vietgap-crop,C,nobody,,,,,\nW,halal,C,coop,,,,,\nX,vietgap-crop,C,coop,,,,,zz\n"
    assert [each.column for each in taken(bad).errors] == ["holder", "type", "scope_kind"]
    assert Certificate.objects.count() == 2


def test_a_program_records_and_reads() -> None:
    holder = an_organisation("coop")
    a_certificate_type("vietgap-crop")
    client = a_client_for(an_actor(holder))
    body = {
        "number": "V",
        "type": "vietgap-crop",
        "issuer": "C",
        "holder": "coop",
        "heads": 2,
    }
    made = client.post("/api/certificates/", body, content_type="application/json")
    assert (made.status_code, made.json()["status"]) == (201, "valid")
    address = f"/api/certificates/{made.json()['id']}"
    assert client.get(address).json() == made.json()
    changed = client.put(
        address, {**body, "valid_until": "2020-01-01"}, content_type="application/json"
    )
    assert changed.json()["status"] == "expired"
    listed = client.get("/api/certificates/", {"status": "expired", "type": "vietgap-crop"})
    assert listed.json()["count"] == 1
    twice = client.post("/api/certificates/", body, content_type="application/json")
    assert twice.json()["type"] == "urn:originmark:refusal:certificate-recorded"
    assert a_client_for(an_actor(an_organisation())).get(address).status_code == 404
    assert Client().get(address).status_code == 401
