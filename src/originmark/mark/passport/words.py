"""What each verdict says to a shopper: one sentence, the reason, and what to do now."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from originmark.mark.passport.rules import Verdict


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a verdict, and the icon beside them."""

    title: str | Promise
    reason: str | Promise
    advice: str | Promise
    icon: str


WORDS = {
    Verdict.GENUINE_FIRST: Words(
        _("Genuine. You are the first to check this pack."),
        _("This code was issued by the brand office for exactly this lot."),
        _("Compare the lot number below with the one printed on your pack."),
        "circle-check",
    ),
    Verdict.GENUINE_SEEN: Words(
        _("Genuine. This pack was checked before."),
        _("This code was issued by the brand office for exactly this lot."),
        _(
            "If you have just opened a sealed pack and the seal was whole, ask the seller why "
            "it was checked before."
        ),
        "circle-check",
    ),
    Verdict.EXPIRED: Words(
        _("Genuine, but past its best-before date."),
        _("This code was issued for this lot, and the lot's best-before date has passed."),
        _("Do not buy it. If you have bought it lately, take it back to the seller."),
        "clock",
    ),
    Verdict.STAR_EXPIRED: Words(
        _("Genuine, but its stars no longer count."),
        _("This code was issued for this lot, but the award of stars has lapsed."),
        _("The product may be as good as before. Do not pay more for the stars on the pack."),
        "star",
    ),
    Verdict.LICENCE_LAPSED: Words(
        _("The producer's licence for this mark is not in force today."),
        _("The code is real, but the licence was suspended, ended or has run out."),
        _("Ask the seller when the pack was bought in, or ask the brand office."),
        "alert-triangle",
    ),
    Verdict.NOT_ACTIVATED: Words(
        _("This label has not been activated yet."),
        _("It was printed, but no packer has confirmed that it was put on a pack."),
        _("A pack on sale should never show this. Do not rely on it, and tell the brand office."),
        "alert-triangle",
    ),
    Verdict.COPIED: Words(
        _("Be careful: this code has probably been copied."),
        _("It was scanned by more people, or further apart, than one pack can be."),
        _("Do not rely on it. Keep the pack and the receipt, and tell the brand office."),
        "copy",
    ),
    Verdict.RECALLED: Words(
        _("Recalled: do not eat, drink or use this product."),
        _("The whole lot that this pack belongs to was called back."),
        _("Keep it apart and take it back to the seller. You need no receipt to ask for help."),
        "alert-circle",
    ),
    Verdict.WITHDRAWN: Words(
        _("This label was withdrawn by the brand office."),
        _("It may no longer be on a pack that is sold."),
        _("Do not buy it. If you have bought it, keep the pack and ask the seller."),
        "ban",
    ),
    Verdict.SPOILED: Words(
        _("This label was reported spoiled and destroyed."),
        _("It should not be on any pack."),
        _("Do not rely on it. Keep the pack and the receipt, and tell the brand office."),
        "ban",
    ),
    Verdict.MISPLACED: Words(
        _("This code belongs to another product or lot."),
        _("Somebody may have moved a real label, or changed the address."),
        _("Do not rely on it. Keep the pack and the receipt, and tell the brand office."),
        "alert-triangle",
    ),
    Verdict.UNKNOWN: Words(
        _("Not genuine: nobody issued this code."),
        _("The code does not carry the brand office's secret check, so it was made up or misread."),
        _("Scan it again. If the answer stays, do not rely on the pack and tell the brand office."),
        "circle-x",
    ),
}

LOT_ONLY = Words(
    _("This address names a lot, not one pack."),
    _("It shows where the lot comes from. Only the code on a pack can be checked for copies."),
    _("Scan the code on the pack itself to check that pack."),
    "info-circle",
)

LOST = Words(
    _("The brand office issued this code. More cannot be said at this moment."),
    _(
        "The code carries the office's secret check. Whether it was withdrawn or copied since then "
        "cannot be looked up now."
    ),
    _("Try again in a minute. Until then, do not rely on the pack."),
    "clock",
)

PREVIEW = Words(
    _("Preview: what shoppers will see once this lot has labels."),
    _("No label is checked here, and nothing is counted."),
    _("Read it in each language. What is missing is mended in the records, not here."),
    "eye",
)
