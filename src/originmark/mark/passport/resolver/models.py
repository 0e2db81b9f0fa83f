"""Rows of the resolver: links that people entered, and number ranges handed on to others."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from originmark.standards.gs1 import link_types
from originmark.standards.gs1.linksets import LinkValue


class Link(models.Model):
    """A link about a thing: a product, a lot, a pack, a place, an organisation, a box.

    ``anchor`` is the path of the thing's address, canonical, without the host. A link without
    organisation is the programme's own.
    """

    anchor = models.CharField(_("about"), max_length=200, db_index=True)
    organisation = models.ForeignKey(
        "parties.Organisation",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    link_type = models.CharField(_("type of link"), max_length=120)
    href = models.CharField(_("address"), max_length=1000)
    title = models.CharField(_("title"), max_length=200)
    media_type = models.CharField(_("format"), max_length=100, blank=True)
    hreflang = models.JSONField(_("languages"), default=list)
    context = models.JSONField(_("contexts"), default=list)
    passes_query = models.BooleanField(_("passes the query on"), default=True)
    is_public = models.BooleanField(_("public"), default=True)
    is_default = models.BooleanField(_("default"), default=False)
    valid_from = models.DateField(_("valid from"), null=True)
    valid_until = models.DateField(_("valid until"), null=True)
    created_at = models.DateTimeField(_("entered"))

    class Meta:
        app_label = "passport"
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["anchor", "link_type", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["anchor", "link_type", "href"], name="one_link_per_anchor_type_and_target"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_from__lte=models.F("valid_until")),
                name="a_link_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({link_types.short(self.link_type)})"

    @property
    def value(self) -> LinkValue:
        """Return the link as the resolver weighs it."""
        return LinkValue(
            link_type=self.link_type,
            href=self.href,
            title=self.title,
            media_type=self.media_type,
            hreflang=tuple(self.hreflang),
            context=tuple(self.context),
            passes_query=self.passes_query,
            is_public=self.is_public,
            is_default=self.is_default,
        )


class Delegation(models.Model):
    """A range of numbers that another resolver answers for."""

    prefix = models.CharField(_("company prefix"), max_length=12, unique=True)
    resolver_root = models.CharField(_("resolver"), max_length=300)
    title = models.CharField(_("title"), max_length=200)
    created_at = models.DateTimeField(_("entered"))

    class Meta:
        app_label = "passport"
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["prefix"]

    def __str__(self) -> str:
        return f"{self.prefix} → {self.resolver_root}"
