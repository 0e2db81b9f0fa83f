"""Rows about applications for a new geographical indication."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.schemes import gi_rules as rules


class GiApplication(models.Model):
    """A group of producers asks an authority to protect the name of a product of a place."""

    class Kind(models.TextChoices):
        GI = "gi", _("Geographical indication")
        GI_AGRICULTURAL = "gi_agricultural", _("Geographical indication of agricultural products")
        PDO = "pdo", _("Protected designation of origin")
        PGI = "pgi", _("Protected geographical indication")
        CERTIFICATION_MARK = "certification_mark", _("Certification mark")
        COLLECTIVE_MARK = "collective_mark", _("Collective mark")

    class Stage(models.TextChoices):
        DRAFT = rules.DRAFT, _("draft")
        SUBMITTED = rules.SUBMITTED, _("submitted")
        FORMAL_CHECK = rules.FORMAL_CHECK, _("formal check")
        EXPERT_REVIEW = rules.EXPERT_REVIEW, _("expert review")
        PUBLISHED = rules.PUBLISHED, _("published for opposition")
        REGISTERED = rules.REGISTERED, _("registered")
        REFUSED = rules.REFUSED, _("refused")
        WITHDRAWN = rules.WITHDRAWN, _("withdrawn")

    number = models.CharField(_("number"), max_length=60, unique=True)
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", verbose_name=_("applicant")
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.DRAFT)
    name = models.CharField(_("name to protect"), max_length=300)
    product = models.CharField(_("product"), max_length=200)
    kind = models.CharField(_("kind of right"), max_length=20, choices=Kind)
    country = models.CharField(_("country"), max_length=2)
    boundary_code = models.CharField(_("boundary"), max_length=60, blank=True)
    description = models.TextField(_("description of the product"), blank=True)
    area = models.TextField(_("area"), blank=True)
    proof_of_origin = models.TextField(_("proof of origin"), blank=True)
    method = models.TextField(_("method of production"), blank=True)
    link = models.TextField(_("link with the place"), blank=True)
    labelling = models.TextField(_("labelling"), blank=True)
    control_body = models.TextField(_("control body"), blank=True)
    oppose_until = models.DateField(_("may be opposed until"), null=True, blank=True)
    right = models.OneToOneField(
        "schemes.Right",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="gi_application",
        verbose_name=_("right"),
    )
    created_at = models.DateTimeField(_("begun"))
    created_by = models.CharField(_("begun by"), max_length=200)

    class Meta:
        verbose_name = _("application for a geographical indication")
        verbose_name_plural = _("applications for geographical indications")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(stage=rules.REGISTERED) & Q(right__isnull=False))
                | (~Q(stage=rules.REGISTERED) & Q(right=None)),
                name="registered_gi_has_right",
            ),
            models.CheckConstraint(
                condition=~Q(stage=rules.PUBLISHED) | Q(oppose_until__isnull=False),
                name="published_gi_has_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class GiLink(models.Model):
    """A quality of the product, the factor of the place behind it, and what shows that."""

    class Factor(models.TextChoices):
        NATURAL = "natural", _("natural: soil, water, climate, breed")
        HUMAN = "human", _("human: craft, custom, know-how")

    class Evidence(models.TextChoices):
        DOCUMENT = "document", _("document")
        TEST = "test", _("test")
        HISTORY = "history", _("historical record")

    application = models.ForeignKey(GiApplication, models.CASCADE, related_name="links")
    characteristic = models.CharField(_("quality of the product"), max_length=300)
    factor_kind = models.CharField(_("kind of factor"), max_length=20, choices=Factor)
    factor = models.TextField(_("factor of the place"), blank=True)
    evidence_kind = models.CharField(_("kind of evidence"), max_length=20, choices=Evidence)
    evidence = models.TextField(_("evidence"), blank=True)

    class Meta:
        verbose_name = _("link with the place")
        verbose_name_plural = _("links with the place")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.characteristic


class GiDocument(models.Model):
    """A paper of an application."""

    application = models.ForeignKey(GiApplication, models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to="gi/")
    name = models.CharField(_("name of the file"), max_length=200)
    filed_at = models.DateTimeField(_("filed"))
    filed_by = models.CharField(_("filed by"), max_length=200)

    class Meta:
        verbose_name = _("paper of an application")
        verbose_name_plural = _("papers of applications")
        ordering = ["filed_at", "pk"]

    def __str__(self) -> str:
        return self.title


class GiStep(models.Model):
    """A stage that an application reached; never changed."""

    application = models.ForeignKey(GiApplication, models.CASCADE, related_name="steps")
    stage = models.CharField(_("stage"), max_length=20, choices=GiApplication.Stage)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("when"))
    by_name = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("step of an application")
        verbose_name_plural = _("steps of applications")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.stage


class GiOpposition(models.Model):
    """Somebody says why a published name should not be protected."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("dismissed")
        SETTLED = "settled", _("settled between the two")

    application = models.ForeignKey(GiApplication, models.CASCADE, related_name="oppositions")
    who = models.CharField(_("who opposes"), max_length=200)
    contact = models.CharField(_("contact"), max_length=200)
    grounds = models.TextField(_("grounds"))
    evidence = models.TextField(_("evidence"), blank=True)
    received_at = models.DateTimeField(_("received"))
    answer = models.TextField(_("answer of the applicant"), blank=True)
    answered_by = models.CharField(_("answered by"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("opposition")
        verbose_name_plural = _("oppositions")
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return self.who
