"""Addresses of the stars, below ``/evaluation/stars/``."""

from django.urls import path, re_path

from originmark.mark.evaluation.views import star_appeals as appeals
from originmark.mark.evaluation.views import star_checks as checks
from originmark.mark.evaluation.views import star_office as office
from originmark.mark.evaluation.views import stars as views

urlpatterns = [
    path("", views.register, name="star_register"),
    path("best/", views.best, name="star_best"),
    path("honours/<int:honour_id>.pdf", office.honour_certificate, name="honour_certificate"),
    path("watch/", office.watch, name="star_watch"),
    path("watch/write/", office.write_notices, name="star_write_notices"),
    path("notices/", office.notices, name="star_notices"),
    path("counts/", office.counts, name="star_counts"),
    path("lapsed/<str:scheme>/", office.revoke_lapsed, name="star_lapsed"),
    path("again/<str:reference>/", office.re_evaluation, name="re_evaluation"),
    re_path(
        r"^again/(?P<reference>[^/]+)/(?P<outcome>failed|withdrawn)/$",
        office.close_re_evaluation,
        name="close_re_evaluation",
    ),
    path("appeals/", appeals.appeal_list, name="appeal_list"),
    re_path(
        r"^appeals/new/(?P<against>decision|revocation)/(?P<number>[^/]+)/$",
        appeals.lodge,
        name="appeal_new",
    ),
    path("appeals/<str:number>/", appeals.appeal, name="appeal"),
    path("appeals/<str:number>/assign/", appeals.assign, name="appeal_assign"),
    path("appeals/<str:number>/evidence/", appeals.evidence, name="appeal_evidence"),
    path("checks/", checks.check_list, name="check_list"),
    path("checks/new/", checks.plan, name="check_new"),
    path("checks/<int:check_id>/", checks.check, name="check"),
    path("checks/<int:check_id>/result/", checks.record, name="check_record"),
    path("checks/<int:check_id>/sample/", checks.sample, name="check_sample"),
    path("checks/<int:check_id>/photo/", checks.photo, name="check_photo"),
    path("checks/<int:check_id>/photo/<int:photo_id>/", checks.photo_file, name="check_photo_file"),
    path("<str:number>/", views.star, name="star"),
    path("<str:number>/revoke/", office.revoke, name="star_revoke"),
    path("<str:number>/again/", office.re_evaluate, name="star_re_evaluate"),
    path("<str:number>/notice/", office.write_notice, name="star_write_notice"),
    path("<str:number>/notice.pdf", office.notice_letter, name="star_notice_letter"),
    path("<str:number>/honour/", office.honour, name="star_honour"),
]
