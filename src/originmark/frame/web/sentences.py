"""A refusal in the reader's language."""

from collections.abc import Iterator

from django.utils.translation import gettext

from originmark.frame.web.refusals import RuleViolation, SeveralRefusals, plain


def say(refusal: RuleViolation) -> str:
    """Return the refusal's sentence, translated, with its facts put in."""
    if isinstance(refusal, SeveralRefusals):
        return " ".join(say(each) for each in refusal.refusals)
    return gettext(refusal.sentence) % {name: plain(fact) for name, fact in refusal.facts.items()}


def each_of(refusal: RuleViolation) -> Iterator[RuleViolation]:
    """Yield the single refusals that a refusal is made of (often only itself)."""
    if isinstance(refusal, SeveralRefusals):
        for one in refusal.refusals:
            yield from each_of(one)
    else:
        yield refusal
