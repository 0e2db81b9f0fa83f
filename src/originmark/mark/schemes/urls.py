from django.urls import path

from originmark.frame.web.importer import importer_urls
from originmark.mark.schemes.criteria_importer import CRITERIA_IMPORTER
from originmark.mark.schemes.importers import RIGHTS_IMPORTER, UK_GI_IMPORTER
from originmark.mark.schemes.views import (
    brands,
    family,
    gi,
    gi_oppositions,
    gi_papers,
    gi_proofs,
    gi_steps,
    product_sets,
    rights,
    rulebook_new,
    rulebooks,
)

app_name = "schemes"
urlpatterns = [
    *importer_urls(RIGHTS_IMPORTER, "schemes.import_rights"),
    *importer_urls(UK_GI_IMPORTER, "schemes.import_rights"),
    *importer_urls(CRITERIA_IMPORTER, "schemes.load_rulebook"),
    path("", brands.brand_list, name="brand_list"),
    path("new/", brands.brand_new, name="brand_new"),
    path("rights/", rights.right_list, name="right_list"),
    path("rights/new/", rights.right_new, name="right_new"),
    path("rights/<int:right_id>/", rights.right, name="right"),
    path("rights/<int:right_id>/edit/", rights.right_edit, name="right_edit"),
    path("rulebooks/", rulebooks.rulebook_list, name="rulebook_list"),
    path("rulebooks/new/", rulebook_new.rulebook_new, name="rulebook_new"),
    path("rulebooks/shipped/", rulebooks.rulebooks_shipped, name="rulebooks_shipped"),
    path("rulebooks/<slug:code>/", rulebooks.rulebook, name="rulebook"),
    path("rulebooks/<slug:code>/<int:version>/", rulebooks.rulebook, name="rulebook_version"),
    path(
        "rulebooks/<slug:code>/<int:version>/file/", rulebooks.rulebook_file, name="rulebook_file"
    ),
    path("rulebooks/<slug:code>/compare/", product_sets.rulebook_compare, name="rulebook_compare"),
    path(
        "rulebooks/<slug:code>/<int:version>/sets/<slug:set_code>/",
        product_sets.product_set,
        name="product_set",
    ),
    path("gi/", gi.gi_list, name="gi_list"),
    path("gi/new/", gi.gi_new, name="gi_new"),
    path("gi/<slug:number>/", gi.gi, name="gi"),
    path("gi/<slug:number>/edit/", gi.gi_edit, name="gi_edit"),
    path("gi/<slug:number>/links/new/", gi.gi_link_new, name="gi_link_new"),
    path("gi/<slug:number>/links/<int:link_id>/remove/", gi.gi_link_remove, name="gi_link_remove"),
    path("gi/<slug:number>/papers/new/", gi.gi_document_new, name="gi_document_new"),
    path("gi/<slug:number>/papers/<int:document_id>/", gi.gi_document, name="gi_document"),
    path("gi/<slug:number>/steps/<slug:step>/", gi_steps.gi_step, name="gi_step"),
    path(
        "gi/<slug:number>/properties/<slug:code>/evidence/new/",
        gi_proofs.gi_evidence_new,
        name="gi_evidence_new",
    ),
    path(
        "gi/<slug:number>/evidence/<int:evidence_id>/remove/",
        gi_proofs.gi_evidence_remove,
        name="gi_evidence_remove",
    ),
    path("gi/<slug:number>/properties/<slug:code>/judge/", gi_proofs.gi_judge, name="gi_judge"),
    path("gi/<slug:number>/decision/", gi_papers.gi_decision_pdf, name="gi_decision_pdf"),
    path("gi-decisions/<slug:code>/", gi_papers.gi_decision, name="gi_decision"),
    path("gi/<slug:number>/public/", gi_oppositions.gi_public, name="gi_public"),
    path("gi/<slug:number>/oppose/", gi_oppositions.gi_oppose, name="gi_oppose"),
    path("oppositions/<int:opposition_id>/answer/", gi_oppositions.gi_answer, name="gi_answer"),
    path("oppositions/<int:opposition_id>/hearing/", gi_oppositions.gi_hearing, name="gi_hearing"),
    path("oppositions/<int:opposition_id>/outcome/", gi_oppositions.gi_outcome, name="gi_outcome"),
    path(
        "oppositions/<int:opposition_id>/paper/",
        gi_oppositions.gi_opposition_file,
        name="gi_opposition_file",
    ),
    path("brands/<slug:code>/", brands.brand, name="brand"),
    path("brands/<slug:code>/logo/", brands.brand_logo, name="brand_logo"),
    path("brands/<slug:code>/consents/new/", family.consent_new, name="consent_new"),
    path("consents/<int:consent_id>/end/", family.consent_end, name="consent_end"),
    path("brands/<slug:code>/edit/", brands.brand_edit, name="brand_edit"),
]
