from django.urls import path

from originmark.mark.labels.watch import board_views, views

urlpatterns = [
    path("report/", views.report, name="report"),
    path("report/<str:reference>/", views.receipt, name="report_receipt"),
    path("watch/", board_views.board, name="watch"),
    path("watch/days/", board_views.scan_days, name="scan_days"),
    path("watch/map/", views.case_map, name="case_map"),
    path("watch/photos/<int:report_id>/", views.photo, name="report_photo"),
    path("watch/lots/<str:lot_code>/", board_views.lot, name="watch_lot"),
    path("watch/cases/", views.case_list, name="cases"),
    path("watch/<int:case_id>/", views.case_page, name="case"),
    path("watch/<int:case_id>/take-on/", views.take_on, name="case_take_on"),
    path("watch/<int:case_id>/note/", views.step, {"verb": "note"}, name="case_note"),
    path("watch/<int:case_id>/dismiss/", views.step, {"verb": "dismiss"}, name="case_dismiss"),
    path("watch/<int:case_id>/confirm/", views.step, {"verb": "confirm"}, name="case_confirm"),
    path("watch/<int:case_id>/withdraw/", views.step, {"verb": "withdraw"}, name="case_withdraw"),
    path("watch/<int:case_id>/reopen/", views.step, {"verb": "reopen"}, name="case_reopen"),
    path("runs/<str:run_number>/scans/<int:number>/", board_views.label, name="label_scans"),
]
