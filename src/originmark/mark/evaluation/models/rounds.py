"""Rows about rounds: who evaluates what, by which rules."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from originmark.mark.evaluation import rules


class Round(models.Model):
    """One evaluation of a year by the council of a place, and the rules that the office set.

    A rule that is empty is left to the rulebook; where neither says it, what needs it is refused.
    """

    class Rounding(models.TextChoices):
        CUT = rules.CUT, _("two decimals, the rest cut off")
        HALF_UP = rules.HALF_UP, _("two decimals, half and more up")
        WHOLE_CUT = rules.WHOLE_CUT, _("whole points, the rest cut off")
        WHOLE_HALF_UP = rules.WHOLE_HALF_UP, _("whole points, half and more up")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    scheme_code = models.CharField(_("scheme"), max_length=40)
    scheme_version = models.PositiveIntegerField(_("version"))
    level = models.CharField(_("level"), max_length=20)
    unit = models.ForeignKey(
        "places.AdministrativeUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place"),
    )
    year = models.PositiveIntegerField(_("year"))
    opens_on = models.DateField(_("takes dossiers from"))
    closes_on = models.DateField(_("takes dossiers until"))
    quorum_share = models.DecimalField(
        _("share that must be present"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    members_at_least = models.PositiveIntegerField(_("members at least"), null=True, blank=True)
    spread_notice_points = models.DecimalField(
        _("notice when sheets are further apart than"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    rounding = models.CharField(_("rounding"), max_length=20, choices=Rounding, blank=True)
    recognises_meanwhile = models.BooleanField(
        _("recognises what goes up in the meantime"), default=False
    )
    pre_check_contents = models.JSONField(_("what the pre-check looks at"), default=list)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.CharField(_("opened by"), max_length=200)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-year", "code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="a_round_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(quorum_share__isnull=True) | Q(quorum_share__gt=0, quorum_share__lte=1),
                name="a_quorum_is_a_share",
            ),
        ]
        indexes = [models.Index(fields=["scheme_code", "level", "year"], name="round_by_year")]

    def __str__(self) -> str:
        return self.name
