from django.urls import path

from originmark.mark.labels import box_views, commitment_views, roll_views, views
from originmark.mark.labels.artwork import picture_views as artwork_pictures
from originmark.mark.labels.artwork import views as artwork_views
from originmark.mark.labels.artwork.design import views as design
from originmark.mark.labels.watch.urls import urlpatterns as watch

app_name = "labels"
urlpatterns = [
    path("", views.run_list, name="runs"),
    path("issue/", views.issue, name="issue"),
    path("check/", views.check, name="check"),
    path("files/<uuid:file_id>/", views.file, name="file"),
    path("runs/<str:number>/", views.run_page, name="run"),
    path("runs/<str:number>/activate/", views.change, {"verb": "activate"}, name="activate"),
    path("runs/<str:number>/activate-rest/", views.activate_rest, name="activate_rest"),
    path("runs/<str:number>/spoil/", views.change, {"verb": "spoil"}, name="spoil"),
    path("runs/<str:number>/withdraw/", views.change, {"verb": "withdraw"}, name="withdraw"),
    path("runs/<str:number>/return/", views.change, {"verb": "return"}, name="return"),
    path("runs/<str:number>/destroy/", views.change, {"verb": "destroy"}, name="destroy"),
    path("runs/<str:number>/cut/", roll_views.cut, name="cut"),
    path("artwork/", artwork_views.artwork_list, name="artworks"),
    path("artwork/new/", artwork_views.new, name="artwork_new"),
    path("artwork/design/", design.new, name="design"),
    path("artwork/design/preview/", design.preview, name="design_preview"),
    path("artwork/design/preview.svg", design.drawing, name="design_drawing"),
    path("artwork/design/<uuid:key>/", design.template, name="template"),
    path("artwork/design/<uuid:key>/label.svg", design.file, {"kind": "svg"}, name="template_svg"),
    path("artwork/design/<uuid:key>/label.pdf", design.file, {"kind": "pdf"}, name="template_pdf"),
    path("artwork/<str:number>/", artwork_views.artwork, name="artwork"),
    path("artwork/<str:number>/next/", artwork_views.new, name="artwork_next"),
    path("artwork/<str:number>/approve/", artwork_views.approve, name="artwork_approve"),
    path("artwork/<str:number>/upload/", artwork_pictures.upload, name="artwork_upload"),
    path("artwork/<str:number>/inspect/", artwork_pictures.inspect, name="artwork_inspect"),
    path("artwork/<str:number>/picture/", artwork_pictures.picture, name="artwork_picture"),
    path("boxes/", box_views.box_list, name="boxes"),
    path("boxes/open/", box_views.open_box, name="box_open"),
    path("boxes/<str:code>/", box_views.box_page, name="box"),
    path("boxes/<str:code>/close/", box_views.step, {"verb": "close"}, name="box_close"),
    path("boxes/<str:code>/unpack/", box_views.step, {"verb": "unpack"}, name="box_unpack"),
    path("boxes/<str:code>/take-out/", box_views.take_out, name="box_take_out"),
    path("boxes/<str:code>/label.pdf", box_views.label, name="box_label"),
    path("boxes/<str:code>/look/", box_views.look, name="box_look"),
    path("commitments/", commitment_views.commitment_list, name="commitments"),
    path("commitments/issue/<str:lot_code>/", commitment_views.issue, name="commitment_issue"),
    path("commitments/<str:number>/", commitment_views.commitment, name="commitment"),
    path("commitments/<str:number>/pdf/", commitment_views.commitment_pdf, name="commitment_pdf"),
    path("commitments/<str:number>/collect/", commitment_views.collect, name="commitment_collect"),
    path("brands/<str:code>/options/", views.options, name="options"),
    path("rolls/", roll_views.roll_list, name="rolls"),
    path("rolls/<str:code>/", roll_views.roll_page, name="roll"),
    path("rolls/<str:code>/hand-over/", roll_views.hand_over, name="roll_hand_over"),
    path("rolls/<str:code>/count/", roll_views.count, name="roll_count"),
    path("rolls/<str:code>/explain/", roll_views.explain, name="roll_explain"),
    path("runs/<str:number>/print/", views.print_labels, name="print"),
    path("runs/<str:number>/test-sheet/", views.trial, name="trial"),
    *watch,
]
