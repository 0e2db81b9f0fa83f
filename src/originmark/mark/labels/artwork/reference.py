"""What the shipped label rules hold, as a page of the documentation."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from originmark.mark.labels.artwork import picture_limits, rulesets
from originmark.mark.labels.artwork.rulesets import FieldRule, Ruleset

FORMAT: Final = """\
A rule set is a TOML file. For your own, copy the folder `labels/artwork/rulesets`, change it, and
name it in `ORIGINMARK_LABEL_RULES`; raise `version` with every change, for approved artwork keeps
the version that it passed. A file that cannot be read is refused with its name.

- `[ruleset]`: `code`, `version`, `title`, `kind` (`label` or `passport`), `market` (`VN`, `CN`),
  `legal_basis`, `confidence`; may have `valid_from`, `valid_until` (both days included),
  `categories` (none: all), `date_order` (`dmy`, `ymd`), `date_severity` (`must`, `should`).
- `[[field]]`: `name`; may have `severity`, `categories`, `legal_basis`, `when = "has_gi_sign"`,
  `not_from_months` (may be left out from this shelf life on), `or_else` (another field that will
  do).
- `[[forbidden]]`: `words`, `fields`; may have `legal_basis`.
- `[[allergen]]`: `name`, `words` that betray it among the ingredients; may have `severity`.
- `[[letters]]`: `of` (`all`, `dates`, `net_content`), `over` (cm² of the panel; g or ml of the net
  content), `height_mm`; may have `legal_basis`. The template of a label is set in these.
- `[[source]]`: `text`, what was compared with what. `[[to_fill_in]]`: `what`, shown on the page as
  *Not checked*."""


def page(written: str) -> str:
    """Return the page in Markdown; ``written`` says who wrote it."""
    lines = ["# Label rules", written, "", *FORMAT.split("\n")]
    for each in rulesets.known():
        lines += ["", *_section(each)]
    return "\n".join([*lines, "", *_limits()]) + "\n"


def _section(each: Ruleset) -> Iterator[str]:
    days = f"{each.valid_from or '…'} – {each.valid_until or '…'}"
    yield f"## {each.title}: {each.legal_basis}"
    yield ""
    yield f"`{each.code}` version {each.version}, {each.kind}, {each.market}, printed {days}."
    yield f"Goods: {', '.join(each.categories) or 'all'}. Confidence: {each.confidence}."
    yield ""
    yield from ("| field | weight | goods | basis | but |", "|---|---|---|---|---|")
    yield from (_row(rule) for rule in each.fields)
    yield ""
    yield from _more(each)
    yield from ("Compared with:", "")
    yield from (f"- {text}" for text in each.sources)
    yield from ("", "Not checked:", "")
    yield from (f"- {what}" for what in each.to_fill_in)


def _row(rule: FieldRule) -> str:
    but = [
        f"only with `{rule.when}`" if rule.when else "",
        f"not from {rule.not_from_months} months on" if rule.not_from_months else "",
        f"or `{rule.or_else}`" if rule.or_else else "",
    ]
    goods = ", ".join(rule.categories) or "all of the set"
    said = ", ".join(each for each in but if each)
    return f"| `{rule.name}` | {rule.severity} | {goods} | {rule.legal_basis} | {said} |"


def _more(each: Ruleset) -> Iterator[str]:
    if each.date_order:
        yield f"- Dates: `{each.date_order}` ({each.date_severity})."
    for ban in each.forbidden:
        yield f"- Not in {', '.join(f'`{name}`' for name in ban.fields)}: {', '.join(ban.words)}."
    for one in each.allergens:
        yield f"- Allergen ({one.severity}) {one.name}: {', '.join(one.words)}."
    for size in each.letters:
        unit = "g or ml" if size.of == "net_content" else "cm²"
        yield (
            f"- Letters ({size.of}) over {size.over:g} {unit}: {size.height_mm:g} mm"
            f" ({size.legal_basis})."
        )
    if each.date_order or each.forbidden or each.allergens or each.letters:
        yield ""


def _limits() -> Iterator[str]:
    limits = picture_limits.limits()
    yield from ("## The picture of a label", "")
    yield from ("| limit | value | weight | basis | compared with |", "|---|---|---|---|---|")
    for each in fields(limits):
        one = getattr(limits, each.name)
        yield f"| `{each.name}` | {one} | {one.severity} | {one.basis} | {one.source} |"
