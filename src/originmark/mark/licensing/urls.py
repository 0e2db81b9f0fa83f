from django.urls import path

from originmark.frame.web.importer import importer_urls
from originmark.mark.licensing.importers import LICENCES_IMPORTER
from originmark.mark.licensing.views import agreements, applications, findings, quotas, reports
from originmark.mark.licensing.views import licences as views

app_name = "licensing"
urlpatterns = [
    path("", views.licence_list, name="licence_list"),
    path("users/", views.user_list, name="user_list"),
    path("ending/", views.expiry_list, name="expiry_list"),
    path("new/<slug:brand_code>/", views.licence_new, name="licence_new"),
    *importer_urls(LICENCES_IMPORTER, "licensing.import"),
    path("applications/", applications.application_list, name="application_list"),
    path(
        "applications/new/<slug:brand_code>/", applications.application_new, name="application_new"
    ),
    path("applications/<str:number>/", applications.application, name="application"),
    path(
        "applications/<str:number>/answer/",
        applications.application_answer,
        name="application_answer",
    ),
    path(
        "applications/<str:number>/grant/",
        applications.application_grant,
        name="application_grant",
    ),
    path(
        "applications/<str:number>/<slug:step>/",
        applications.application_step,
        name="application_step",
    ),
    path("findings/", findings.finding_list, name="finding_list"),
    path("findings/new/", findings.finding_new, name="finding_new"),
    path("findings/<int:finding_id>/", findings.finding, name="finding"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/<int:report_id>/", reports.report, name="report"),
    path("reports/<int:report_id>/file/", reports.report_file, name="report_file"),
    path("quotas/", quotas.quota_list, name="quota_list"),
    path("quotas/<int:quota_id>/", quotas.quota, name="quota"),
    path("quotas/<int:quota_id>/change/", quotas.quota_change, name="quota_change"),
    path(
        "quotas/compute/<slug:brand_code>/<int:season>/",
        quotas.quotas_compute,
        name="quotas_compute",
    ),
    path("licence/<str:number>/", views.licence, name="licence"),
    path("licence/<str:number>/print/", views.certificate, name="certificate"),
    path("licence/<str:number>/pdf/", agreements.licence_pdf, name="licence_pdf"),
    path("licence/<str:number>/agreement/", agreements.agreement_accept, name="agreement_accept"),
    path("licence/<str:number>/exit/", agreements.exit_announce, name="exit_announce"),
    path("licence/<str:number>/exit/settle/", agreements.exit_settle, name="exit_settle"),
    path("agreement/<slug:brand_code>/", agreements.agreement_write, name="agreement_write"),
    path(
        "licence/<str:number>/suspend/",
        views.licence_step,
        {"step": "suspend"},
        name="licence_suspend",
    ),
    path("licence/<str:number>/lift/", views.licence_step, {"step": "lift"}, name="licence_lift"),
    path("licence/<str:number>/end/", views.licence_step, {"step": "end"}, name="licence_end"),
]
