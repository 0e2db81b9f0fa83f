"""The link types of the GS1 Web Vocabulary: what is behind a link, in one word.

Source: GS1 Web Vocabulary 1.16 (sub-properties of ``gs1:linkType``).
"""

import re

VOCABULARY = "https://ref.gs1.org/voc/"
_SPELLINGS = ("gs1:", VOCABULARY, "https://gs1.org/voc/", "https://www.gs1.org/voc/",
              "http://gs1.org/voc/", "http://www.gs1.org/voc/")  # fmt: skip
_TYPES = """
activityIdeas: Activity ideas
allergenInfo: Allergen information
appDownload: App download
backgroundInfo: Background information
brandHomepageClinical: Information for professionals about this brand
brandHomepagePatient: Information for patients about this brand
careersInfo: Careers information
certificationInfo: Certification information
consumerHandlingStorageInfo: Consumer handling and storage information
defaultLink: Default link
defaultLinkMulti: Default links by language, type or context
dpp: Digital product passport
eifu: Electronic instructions for use
epcis: EPCIS repository
epil: Electronic patient information leaflet
eventsInfo: Events information
faqs: Frequently asked questions
handledBy: Handled by
hasRetailers: Has retailers
homepage: Organisation information page
ingredientsInfo: Ingredients information
instructions: Instructions
jws: JSON Web Signature
leaveReview: Leave a review
locationInfo: Location information
logisticsInfo: Logistics information
loyaltyProgram: Loyalty programme
masterData: Master data
menuInfo: Menu information
nutritionalInfo: Nutritional information
openingHoursInfo: Opening hours
paymentLink: Make a payment
pip: Product information page
productSustainabilityInfo: Sustainability and recycling (deprecated)
promotion: Promotion
purchaseSuppliesOrAccessories: Purchase supplies or accessories
quickStartGuide: Quick start guide
recallStatus: Recall status
recipeInfo: Recipes
registerProduct: Register a purchase
registryEntry: Entry in a register
relatedImage: Related image
relatedVideo: Related video
reportFound: Report found
review: Reviews
safetyInfo: Safety information
scheduleTime: Scheduling and reservation
serviceInfo: Service information
smartLabel: SmartLabel
smpc: Summary of product characteristics
socialMedia: Social media
statisticInfo: Statistics
subscribe: Subscribe
support: Support
sustainabilityInfo: Sustainability and recycling
traceability: Traceability information
tutorial: Tutorial
userAgreement: Sign a waiver, agreement or document
verificationService: Verification service
whatsInTheBox: What is in the box
"""
LINK_TYPES: dict[str, str] = dict(
    line.split(": ", 1) for line in _TYPES.strip().splitlines()
)  # name to label
DEFAULT = VOCABULARY + "defaultLink"
DEFAULT_MULTI = VOCABULARY + "defaultLinkMulti"
HANDLED_BY = VOCABULARY + "handledBy"
# What the resolver writes itself; nobody enters such a link.
_RESERVED = {"defaultLink", "defaultLinkMulti", "handledBy"}
CHOICES: dict[str, str] = {
    name: label for name, label in LINK_TYPES.items()
    if name not in _RESERVED and "deprecated" not in label
}  # fmt: skip
# Keys that the published schema of linksets takes besides those of GS1.
_OTHER = re.compile(r"https?://[A-Za-z0-9./]+|[a-z-]+", re.ASCII)


class InvalidLinkType(ValueError):
    """A text that can be no link type; the message says why."""


def uri_of(spelling: str) -> str:
    """Return the one URI of a link type, whichever way it is written; others stay as they are.

    >>> {uri_of(each) for each in ("pip", "gs1:pip", "https://gs1.org/voc/pip")}
    {'https://ref.gs1.org/voc/pip'}
    """
    for prefix in _SPELLINGS:
        if spelling.startswith(prefix):
            return VOCABULARY + spelling.removeprefix(prefix)
    return VOCABULARY + spelling if spelling in LINK_TYPES else spelling


def short(uri: str) -> str:
    """Return a link type as people write it.

    >>> short("https://ref.gs1.org/voc/pip")
    'gs1:pip'
    """
    name = uri.removeprefix(VOCABULARY)
    return f"gs1:{name}" if name != uri else uri


def label(uri: str) -> str:
    """Return what a link type is called, else itself."""
    return LINK_TYPES.get(uri.removeprefix(VOCABULARY), uri)


def checked(spelling: str) -> str:
    """Return the URI of a link type that somebody may enter.

    Raises InvalidLinkType for what GS1 does not define in its own vocabulary, for the types that
    a resolver writes itself, and for a copy of a GS1 type in another namespace.
    """
    uri = uri_of(spelling.strip())
    name = uri.removeprefix(VOCABULARY)
    if name in CHOICES:
        return uri
    if name in LINK_TYPES:
        raise InvalidLinkType(f"gs1:{name} cannot be entered: the resolver writes it, or it is old")
    if uri.startswith(VOCABULARY):
        raise InvalidLinkType(f"gs1:{name} is no link type of the GS1 Web Vocabulary")
    if _OTHER.fullmatch(uri) is None:
        raise InvalidLinkType(f"{uri} is no link type: write gs1:pip, or the web address of one")
    if (same := uri.rpartition("/")[2]) in LINK_TYPES:
        raise InvalidLinkType(f"{uri} says the same as gs1:{same}; enter gs1:{same}")
    return uri
