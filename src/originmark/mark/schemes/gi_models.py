"""Rows about applications for a new geographical indication."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.schemes import gi_values as values


class GiApplication(models.Model):
    """A group of producers asks an authority to protect the name of a product of a place."""

    class Kind(models.TextChoices):
        GI = "gi", _("Geographical indication")
        GI_AGRICULTURAL = "gi_agricultural", _("Geographical indication of agricultural products")
        PDO = "pdo", _("Protected designation of origin")
        PGI = "pgi", _("Protected geographical indication")
        CERTIFICATION_MARK = "certification_mark", _("Certification mark")
        COLLECTIVE_MARK = "collective_mark", _("Collective mark")

    class Phase(models.TextChoices):
        PREPARED = values.PREPARED, _("being prepared")
        SUBMITTED = values.SUBMITTED, _("submitted")
        EXAMINATION = values.EXAMINATION, _("examination")
        OPPOSITION = values.OPPOSITION, _("published for opposition")
        DECIDED = values.DECIDED, _("granted")
        REGISTERED = values.REGISTERED, _("registered")
        REFUSED = values.REFUSED, _("refused")
        WITHDRAWN = values.WITHDRAWN, _("withdrawn")

    number = models.CharField(_("number"), max_length=60, unique=True)
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", verbose_name=_("applicant")
    )
    procedure = models.ForeignKey(
        "schemes.Rulebook", models.PROTECT, related_name="+", verbose_name=_("procedure")
    )
    stage = models.CharField(_("stage"), max_length=60)
    phase = models.CharField(_("phase"), max_length=20, choices=Phase, default=Phase.PREPARED)
    due_on = models.DateField(_("due on"), null=True, blank=True)
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
                condition=(Q(phase=values.REGISTERED) & Q(right__isnull=False))
                | (~Q(phase=values.REGISTERED) & Q(right=None)),
                name="registered_gi_has_right",
            ),
            models.CheckConstraint(
                condition=~Q(phase=values.OPPOSITION) | Q(oppose_until__isnull=False),
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
    stage = models.CharField(_("stage"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
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
    stage = models.CharField(_("stage"), max_length=60)
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
    ground = models.CharField(_("ground"), max_length=60, blank=True)
    grounds = models.TextField(_("reasons"))
    evidence = models.TextField(_("evidence"), blank=True)
    file = models.FileField(_("file"), upload_to="gi/", blank=True)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    received_at = models.DateTimeField(_("received"))
    answer = models.TextField(_("answer of the applicant"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
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


class GiHearing(models.Model):
    """What was said when the two sides of an opposition were heard; never changed."""

    opposition = models.ForeignKey(GiOpposition, models.CASCADE, related_name="hearings")
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    present = models.TextField(_("who was present"))
    notes = models.TextField(_("what was said"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=200)

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.opposition} {self.held_on}"


class GiDecision(models.Model):
    """What the office decided on an application, once; ``code`` stands on the paper."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    application = models.OneToOneField(GiApplication, models.CASCADE, related_name="decision")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    reason = models.TextField(_("reason"))
    code = models.CharField(_("code of the paper"), max_length=40, unique=True)
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.CharField(_("decided by"), max_length=200)

    class Meta:
        verbose_name = _("decision on an application")
        verbose_name_plural = _("decisions on applications")
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.application}: {self.outcome}"
