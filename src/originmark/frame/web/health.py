"""Health and readiness, for whoever watches the installation."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from originmark.frame.web.sockets import Readiness, readiness


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Say that the process answers; asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Say whether the installation can serve, check by check; 503 where one is not well."""
    checks = [database()]
    if checks[0].is_well:
        checks += [migrations(), *readiness()]
    is_ready = all(check.is_well for check in checks)
    told = {check.name: {"ok": check.is_well, "detail": check.detail} for check in checks}
    body = {"status": "ready" if is_ready else "not ready", "checks": told}
    return JsonResponse(body, status=200 if is_ready else 503)


def database() -> Readiness:
    """Ask the database for one row."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError as error:
        return Readiness("database", is_well=False, detail=type(error).__name__)
    return Readiness("database", is_well=True, detail=connection.vendor)


def migrations() -> Readiness:
    """Compare the migrations in the code with those in the database."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    detail = f"{len(missing)} not applied; run: originmark migrate" if missing else ""
    return Readiness("migrations", is_well=not missing, detail=detail)
