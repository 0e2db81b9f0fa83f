"""The usual way to answer a scan: see ``scan_door_apps``. It is a URL configuration by itself."""

from typing import Any


def pack(request: Any, gtin: str, lot: str, serial: str) -> Any:
    """Answer the page of a pack, and log the scan."""
    from django.conf import settings  # noqa: PLC0415 (imported after Django is set up)
    from django.http import HttpResponse  # noqa: PLC0415
    from django.template.loader import render_to_string  # noqa: PLC0415

    from originmark.frame.web import clock  # noqa: PLC0415
    from originmark.mark.evaluation.models import Star  # noqa: PLC0415
    from originmark.mark.labels import serials  # noqa: PLC0415
    from originmark.mark.labels.models import RunRange, Scan  # noqa: PLC0415
    from originmark.mark.passport.services import viewer_of  # noqa: PLC0415

    now = clock.now()
    opened = serials.verify(serials.key_ring(settings.SERIAL_KEY), serial)
    found = None
    if opened is not None:
        found = (
            RunRange.objects.select_related(
                "run__brand", "run__licence", "run__lot", "run__product", "run__organisation"
            )
            .filter(run__serial_batch=opened.batch, run__key_version=opened.key_version)
            .filter(first_index__lte=opened.index, last_index__gte=opened.index)
            .first()
        )
    if opened is None or found is None or (found.run.gtin, found.run.lot_code) != (gtin, lot):
        return HttpResponse("Not genuine", status=404)
    viewer = viewer_of(request.META["REMOTE_ADDR"], request.headers["User-Agent"], now=now)
    earlier = list(Scan.objects.filter(run_number=found.run.number, index=opened.index))
    star = Star.objects.filter(product=found.run.product).order_by("-decided_on", "-pk").first()
    Scan.objects.create(
        run_number=found.run.number, index=opened.index, at=now, viewer=viewer, verdict=found.state
    )
    others = {each.viewer for each in earlier} - {viewer}
    facts = {"serial": serial, "range": found, "run": found.run, "star": star, "others": others}
    page = render_to_string("pack.html", facts).encode()
    return HttpResponse(page, headers={"Content-Length": str(len(page))})


def _urls() -> list[Any]:
    from django.urls import path  # noqa: PLC0415

    return [path("01/<str:gtin>/10/<str:lot>/21/<str:serial>", pack)]


def __getattr__(name: str) -> Any:
    """Give the URL patterns when Django asks for them."""
    if name != "urlpatterns":
        raise AttributeError(name)
    return _urls()
