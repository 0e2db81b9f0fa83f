"""What a person may type about rounds, dossiers and councils."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from originmark.frame.web import clock
from originmark.frame.web.forms import ExactDecimalField, TypeaheadSelect
from originmark.mark.evaluation import rulebooks, selectors
from originmark.mark.evaluation.drafts import (
    DEFAULT_CONTENTS,
    ContentCheck,
    DossierDraft,
    RoundDraft,
    RoundRules,
    Vote,
)
from originmark.mark.evaluation.models import CouncilMember, Dossier, Round
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.origin.products import selectors as products

WRITE = "evaluation.write_dossier"
NO_CHOICE = [("", "–")]


class DayField(forms.DateField):
    """A day, chosen or typed as 2026-09-30."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def text_area(rows: int = 3) -> forms.Textarea:
    """Return a field for some lines of text."""
    return forms.Textarea(attrs={"rows": rows})


def applicants(by: Actor) -> list[tuple[str, str]]:
    """Return the organisations for which the actor may write dossiers."""
    rows = parties.organisations(by).filter(is_active=True).order_by("name", "pk")
    return [
        (str(each.pk), each.name)
        for each in rows
        if access.allows(by, WRITE, organisation_id=each.pk)
    ]


def offer(form: forms.Form, name: str, choices: Any) -> None:
    """Set the choices of a field of a form."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


class IdeaForm(forms.Form):
    """A product idea."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    title = forms.CharField(label=_("Product idea"), max_length=200)
    group_code = forms.CharField(label=_("Group"), max_length=40, required=False)
    text = forms.CharField(
        label=_("What it is, and why here"), required=False, max_length=4000, widget=text_area()
    )

    def __init__(self, *args: Any, by: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "organisation", applicants(by))


class DossierForm(forms.Form):
    """A new dossier in a round that is open; ``draft`` turns it into a DossierDraft."""

    product = forms.ChoiceField(label=_("Product"), widget=TypeaheadSelect())
    set_code = forms.ChoiceField(label=_("Criteria"), help_text=_("Those that fit the product."))
    idea = forms.ChoiceField(label=_("Comes from the idea"), required=False)

    def __init__(self, *args: Any, round_: Round, by: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.round = round_
        own = [int(pk) for pk, _name in applicants(by)]
        rows = products.products(by).filter(organisation__in=own, is_active=True)
        self.owners = {row.code: row.organisation_id or 0 for row in rows.order_by("name", "pk")}
        offer(self, "product", [(row.code, row.name) for row in rows.order_by("name", "pk")])
        sets = schemes.product_sets(round_.scheme_code, round_.scheme_version)
        offer(self, "set_code", [(code, name.english) for code, name in sets])
        ideas = [(str(row.pk), row.title) for row in selectors.ideas(by)]
        offer(self, "idea", [*NO_CHOICE, *ideas])

    def draft(self) -> DossierDraft:
        """Return what was typed."""
        said = self.cleaned_data
        return DossierDraft(
            round_code=self.round.code,
            organisation_id=self.owners[said["product"]],
            product_code=said["product"],
            set_code=said["set_code"],
            idea_id=int(said["idea"]) if said["idea"] else None,
        )


class ProofForm(forms.Form):
    """A paper of a dossier, or words about what was handed over."""

    proof = forms.ChoiceField(label=_("Proof"))
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF, JPEG, PNG or WebP, up to 20 MB.")
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("For samples: how many, sealed how, handed to whom."),
    )

    def __init__(self, *args: Any, dossier: Dossier, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        proofs = rulebooks.scheme_of(dossier).proofs
        offer(self, "proof", [(each.code, each.name.in_language(language)) for each in proofs])


class AskForm(forms.Form):
    """What the office needs from an applicant."""

    note = forms.CharField(label=_("What is needed"), max_length=2000, widget=text_area())
    until = DayField(label=_("Until"))


class NoteForm(forms.Form):
    """Words about a step."""

    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=text_area())


class PreCheckForm(forms.Form):
    """One tick and one remark for each content that is looked at."""

    note = forms.CharField(label=_("Proposal"), required=False, max_length=2000, widget=text_area())

    def __init__(self, *args: Any, contents: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.contents = contents
        for place, content in enumerate(contents):
            self.fields[f"ok-{place}"] = forms.BooleanField(label=content, required=False)
            self.fields[f"remark-{place}"] = forms.CharField(
                label=_("Remark"), required=False, max_length=500
            )
        self.order_fields([name for name in self.fields if name != "note"])

    def found(self) -> list[ContentCheck]:
        """Return what was ticked and written."""
        said = self.cleaned_data
        return [
            ContentCheck(content, said[f"ok-{place}"], said[f"remark-{place}"])
            for place, content in enumerate(self.contents)
        ]


class EnterForm(forms.Form):
    """The round into which a dossier from another level is entered."""

    round = forms.ChoiceField(label=_("Round"))

    def __init__(self, *args: Any, dossier: Dossier, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = selectors.rounds().filter(
            scheme_code=dossier.scheme_code,
            scheme_version=dossier.scheme_version,
            level=dossier.level,
        )
        offer(self, "round", rows.values_list("code", "name"))
        if not rows:
            self.fields["round"].help_text = _(
                "No round of this level goes by the same version of the scheme. Open one first."
            )


class RulesForm(forms.Form):
    """What the office decides where the text in force is silent."""

    quorum_percent = ExactDecimalField(
        label=_("Share of the council that must be present, in %"),
        required=False,
        help_text=_("Left empty, the rulebook says it; where it does not, nothing is decided."),
    )
    members_at_least = forms.IntegerField(
        label=_("Members at least"), required=False, min_value=1, max_value=99
    )
    rounding = forms.ChoiceField(
        label=_("How the average becomes points"),
        choices=[("", _("not chosen yet")), *Round.Rounding.choices],
        required=False,
        help_text=_("At 89.86 it decides between four stars and five. Kept with each decision."),
    )
    spread_notice_points = ExactDecimalField(
        label=_("Notice when sheets are further apart than"), required=False
    )
    recognises_meanwhile = forms.BooleanField(
        label=_("Recognise what goes up with the most stars of this level in the meantime"),
        required=False,
    )
    pre_check_contents = forms.CharField(
        label=_("What the pre-check looks at, one a line"),
        required=False,
        max_length=2000,
        widget=text_area(4),
        initial="\n".join(DEFAULT_CONTENTS),
    )

    def rules(self) -> RoundRules:
        """Return what was typed."""
        said = self.cleaned_data
        percent = said["quorum_percent"]
        lines = [line.strip()[:200] for line in said["pre_check_contents"].splitlines()]
        return RoundRules(
            quorum_share=percent / 100 if percent is not None else None,
            members_at_least=said["members_at_least"],
            spread_notice_points=said["spread_notice_points"],
            rounding=said["rounding"],
            recognises_meanwhile=said["recognises_meanwhile"],
            pre_check_contents=tuple(line for line in lines if line),
        )


class RoundForm(RulesForm):
    """A new round with its rules."""

    name = forms.CharField(label=_("Name"), max_length=160)
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Dossiers are numbered with it: QN-2026-0001.")
    )
    scheme = forms.ChoiceField(label=_("Scheme and version"))
    level = forms.CharField(label=_("Level"), max_length=20, help_text=_("As in the rulebook."))
    year = forms.IntegerField(label=_("Year"), min_value=2018, max_value=2100)
    unit = forms.CharField(
        label=_("Place"), max_length=40, required=False, help_text=_("Key of the place: vn-22.")
    )
    opens_on = DayField(label=_("Takes dossiers from"))
    closes_on = DayField(label=_("Takes dossiers until"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        versions = schemes.star_schemes()
        offer(
            self,
            "scheme",
            [
                (f"{each.code} {each.version}", f"{each.title} · v{each.version}")
                for each in versions
            ],
        )
        levels = {
            level.code: level.name.english
            for each in versions
            for level in each.levels
            if rulebooks.has_council(level)
        }
        self.fields["level"] = forms.ChoiceField(label=_("Level"), choices=list(levels.items()))
        self.order_fields(
            ["name", "code", "scheme", "level", "year", "unit", "opens_on", "closes_on"]
        )

    def draft(self) -> RoundDraft:
        """Return what was typed."""
        said = self.cleaned_data
        scheme, version = said["scheme"].rsplit(" ", 1)
        return RoundDraft(
            code=said["code"],
            name=said["name"],
            scheme_code=scheme,
            scheme_version=int(version),
            level=said["level"],
            year=said["year"],
            unit_key=said["unit"],
            opens_on=said["opens_on"],
            closes_on=said["closes_on"],
            rules=self.rules(),
        )


class HolidayForm(forms.Form):
    """A day on which offices do not work."""

    day = DayField(label=_("Day"))
    name = forms.CharField(label=_("Name"), max_length=120)


class SeatForm(forms.Form):
    """Who gets which seat."""

    person = forms.EmailField(label=_("E-mail of the person"))
    role = forms.ChoiceField(label=_("Role"), choices=CouncilMember.Role, initial="member")
    seat = forms.CharField(
        label=_("Seat"), max_length=160, required=False, help_text=_("Department of Health")
    )
    organisation = forms.ChoiceField(
        label=_("Sent by"),
        required=False,
        widget=TypeaheadSelect(),
        help_text=_("Whoever it sends does not score its own dossiers."),
    )

    def __init__(self, *args: Any, by: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = parties.organisations(by).filter(is_active=True).order_by("name", "pk")
        offer(self, "organisation", [*NO_CHOICE, *((str(row.pk), row.name) for row in rows)])


class TieForm(forms.Form):
    """To which applicant a member is tied."""

    organisation = forms.ChoiceField(label=_("Applicant"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, round_: Round, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = round_.dossiers.order_by("organisation__name").distinct()
        offer(self, "organisation", rows.values_list("organisation", "organisation__name"))


class SessionForm(forms.Form):
    """When and where the council meets."""

    held_on = DayField(label=_("Day"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)


class SayForm(forms.Form):
    """A note for the minutes."""

    criterion = forms.ChoiceField(label=_("Criterion"), required=False)
    text = forms.CharField(label=_("What was said"), max_length=4000, widget=text_area())

    def __init__(self, *args: Any, dossier: Dossier, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        lines = rulebooks.set_of(dossier).criteria()
        named = [(line.code, f"{line.code} {line.name.in_language(language)}") for line in lines]
        offer(self, "criterion", [("", _("the whole dossier")), *named])


class VoteForm(forms.Form):
    """How the council voted on a knock-out."""

    votes_for = forms.IntegerField(label=_("For the knock-out"), min_value=0, max_value=99)
    votes_against = forms.IntegerField(label=_("Against it"), min_value=0, max_value=99)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=99, initial=0)
    is_upheld = forms.TypedChoiceField(
        label=_("Result"),
        choices=[("yes", _("the product is excluded")), ("no", _("it is not excluded"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def vote(self, criterion: str) -> Vote:
        """Return what was typed."""
        return Vote(criterion, **self.cleaned_data)


def rules_of(row: Round) -> dict[str, Any]:
    """Return the rules of a round as its form shows them."""
    share = row.quorum_share
    return {
        "quorum_percent": (share * 100).normalize() if share is not None else None,
        "members_at_least": row.members_at_least,
        "rounding": row.rounding,
        "spread_notice_points": row.spread_notice_points,
        "recognises_meanwhile": row.recognises_meanwhile,
        "pre_check_contents": "\n".join(row.pre_check_contents),
    }


def next_year_first() -> dict[str, Any]:
    """Return what a new round begins with."""
    return {"year": clock.today().year, "opens_on": clock.today()}
