"""The tables of stars, and how a star is told in a cell."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.evaluation import stars_rules as rules
from originmark.mark.evaluation.models.stars import Star
from originmark.mark.evaluation.selectors import star_counts, star_lists
from originmark.mark.schemes import selectors as schemes

STATES: Final = {
    rules.IN_FORCE: (_("in force"), "ok"),
    rules.IN_RE_EVALUATION: (_("in re-evaluation"), "warn"),
    rules.EXPIRED: (_("expired"), "plain"),
    rules.REVOKED: (_("revoked"), "bad"),
    rules.SUPERSEDED: (_("superseded"), "plain"),
}
FATES: Final = {
    rules.IN_RE_EVALUATION: (_("in re-evaluation"), "warn"),
    rules.RE_AWARDED: (_("re-awarded"), "ok"),
    rules.LAPSED: (_("lapsed"), "bad"),
}


def star_url(row: Star) -> str:
    """Return the address of a star's page."""
    return reverse("evaluation:star", args=[row.number])


def state_badge(row: Any) -> Badge:
    """Return the state that ``with_state`` annotated as a badge."""
    return Badge(*STATES[row.state])


def fate_badge(row: Any) -> Badge:
    """Return the fate that ``star_counts.ended`` annotated as a badge."""
    return Badge(*FATES[row.fate])


def stars_said(row: Star) -> str:
    """Return how many stars, in words."""
    said = ngettext("%(count)s star", "%(count)s stars", row.stars) % {"count": row.stars}
    return f"{said} ({_('potential five stars')})" if row.is_potential_five else said


def group_names() -> dict[str, str]:
    """Return the name of each group of products, in the reader's language. One query."""
    language = (get_language() or "en").split("-")[0]
    versions = schemes.star_schemes()  # the newest of each scheme first
    return {
        group.code: group.name.in_language(language)
        for scheme in reversed(versions)
        for group in scheme.groups
    }


def _group(names: dict[str, str]) -> Callable[[Star], str]:
    return lambda row: names.get(row.group_code, row.group_code)


def _group_filter(names: dict[str, str]) -> Filter:
    choices = [(code, names.get(code, code)) for code in star_lists.group_codes()]
    return Filter("group", _("Group"), choices, lambda rows, code: rows.filter(group_code=code))


def _place_filter() -> Filter:
    return Filter("place", _("Place"), star_lists.places, star_counts.in_place)


def _star_filter() -> Filter:
    choices = [(str(count), str(count)) for count in range(5, 0, -1)]
    return Filter("stars", _("Stars"), choices, _with_stars)


def _with_stars(rows: QuerySet[Star], count: str) -> QuerySet[Star]:
    return rows.filter(stars=int(count))


SEARCH: Final = ["product__name__icontains", "organisation__name__icontains", "number__icontains"]
PRODUCT: Final = Column("product__name", _("Product"), link=star_url, sort="product__name")
PRODUCER: Final = Column("organisation__name", _("Producer"), sort="organisation__name")
STARS: Final = Column("stars", _("Stars"), value=stars_said, sort=("stars", "points"))
LAST_DAY: Final = Column("valid_until", _("Last day"), sort="valid_until")


def register_table() -> Table:
    """Return the public register of products whose stars count today."""
    names = group_names()
    return Table(
        name="stars",
        columns=[
            PRODUCT,
            STARS,
            PRODUCER,
            Column("place", _("Place"), value=star_lists.place_of, is_wide_only=True),
            Column("group_code", _("Group"), value=_group(names), is_wide_only=True),
            LAST_DAY,
            Column("number", _("Number"), sort="number", is_wide_only=True),
        ],
        filters=[_star_filter(), _group_filter(names), _place_filter()],
        search=SEARCH,
        default_sort="product__name",
        empty=EmptyState(
            _("No product carries stars today"),
            _("As soon as a council recognises a product, it stands here."),
            icon="award",
        ),
    )


def _told(row: Any) -> str | Badge:
    if row.notice_on:
        return date_format(row.notice_on, "DATE_FORMAT")
    return Badge(_("overdue"), "bad") if row.is_overdue else Badge(_("not yet"), "plain")


def _ends_by_notice(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "told":
        return rows.filter(notice__isnull=False)
    overdue = rows.filter(notice=None, is_overdue=True)
    return overdue if value == "overdue" else rows.filter(notice=None, is_overdue=False)


def watch_table() -> Table:
    """Return the table of stars that end, with who was told when."""
    notice = [("told", _("told")), ("waiting", _("not yet")), ("overdue", _("overdue"))]
    states = [
        (key, STATES[key][0]) for key in (rules.IN_FORCE, rules.IN_RE_EVALUATION, rules.EXPIRED)
    ]
    return Table(
        name="star-watch",
        columns=[
            PRODUCT,
            Column("state", _("State"), value=state_badge),
            LAST_DAY,
            PRODUCER,
            STARS,
            Column("notice_due_on", _("Notice due by"), sort="notice_due_on", is_wide_only=True),
            Column("notice", _("Told on"), value=_told),
        ],
        filters=[
            Filter("told", _("Notice"), notice, _ends_by_notice),
            Filter("state", _("State"), states, lambda rows, state: rows.filter(state=state)),
            _place_filter(),
        ],
        search=SEARCH,
        default_sort="valid_until",
        empty=EmptyState(
            _("No star ends soon"),
            _("Stars whose last day is near or has just passed stand here."),
            icon="clock-exclamation",
        ),
    )


NOTICES: Final = Table(
    name="star-notices",
    columns=[
        Column(
            "star__product__name",
            _("Product"),
            link=lambda row: star_url(row.star),
            sort="star__product__name",
        ),
        Column("recipient", _("Told"), sort="recipient"),
        Column("emails", _("E-mail"), value=lambda row: ", ".join(row.emails) or _("by letter")),
        Column("written_on", _("Written on"), sort="written_on"),
        Column("due_on", _("Due by"), sort="due_on"),
        Column(
            "is_late",
            _("In time"),
            value=lambda row: (
                Badge(_("too late"), "bad") if row.is_late else Badge(_("in time"), "ok")
            ),
        ),
        Column("mailed_at", _("Mailed"), is_wide_only=True),
        Column(
            "letter",
            _("Letter"),
            value=lambda _row: "PDF",
            link=lambda row: reverse("evaluation:star_notice_letter", args=[row.star.number]),
        ),
    ],
    filters=[
        Filter(
            "late",
            _("In time"),
            [("yes", _("in time")), ("no", _("too late"))],
            lambda rows, value: (
                rows.filter(written_on__lte=F("due_on"))
                if value == "yes"
                else rows.filter(written_on__gt=F("due_on"))
            ),
        )
    ],
    search=["star__product__name__icontains", "recipient__icontains", "star__number__icontains"],
    default_sort="-written_on",
    empty=EmptyState(
        _("Nobody was told yet"),
        _("Every notice that a star ends is kept here, with its day and its reader."),
        icon="mail",
    ),
)


def ended_table(on_to: date) -> Table:
    """Return the table of terms that ended in a period, with what became of each."""
    return Table(
        name=f"stars-ended-{on_to}",
        columns=[
            PRODUCT,
            PRODUCER,
            STARS,
            LAST_DAY,
            Column("fate", _("What became of it"), value=fate_badge),
            Column("superseded_from", _("New star from"), is_wide_only=True),
        ],
        filters=[
            Filter(
                "fate",
                _("What became of it"),
                [(key, FATES[key][0]) for key in rules.FATES],
                lambda rows, fate: rows.filter(fate=fate),
            )
        ],
        search=SEARCH,
        default_sort="valid_until",
        empty=EmptyState(_("No term ended in this period"), icon="award"),
    )


def best_table() -> Table:
    """Return the ranking of the stars that count, by points, with what was honoured."""
    names = group_names()
    rounds = [(each, each) for each in star_lists.round_codes()]
    years = [(str(each), str(each)) for each in star_lists.years()]
    return Table(
        name="best-stars",
        columns=[
            PRODUCT,
            STARS,
            Column("points", _("Points"), sort="points", align="end"),
            PRODUCER,
            Column("group_code", _("Group"), value=_group(names), is_wide_only=True),
            Column("honours", _("Honoured as"), value=star_lists.honours_of),
        ],
        filters=[
            Filter("year", _("Year"), years, _decided_in),
            Filter("round", _("Round"), rounds, lambda rows, code: rows.filter(round_code=code)),
            _group_filter(names),
        ],
        search=SEARCH,
        default_sort="-points",
        empty=EmptyState(_("No product carries stars today"), icon="award"),
    )


def _decided_in(rows: QuerySet[Star], year: str) -> QuerySet[Star]:
    return rows.filter(decided_on__year=int(year))
