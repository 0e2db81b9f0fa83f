"""What a person or a file says about a brand or a right, before it is a row. Pure."""

from dataclasses import dataclass, field
from datetime import date
from unicodedata import combining, normalize


@dataclass(frozen=True, slots=True)
class BrandDraft:
    """A brand as somebody wrote it down; ``products`` are codes of products."""

    code: str
    name: str
    kind: str
    owner_id: int
    names: dict[str, str] = field(default_factory=dict)
    boundary_code: str = ""
    story: str = ""
    products: tuple[str, ...] = ()
    is_active: bool = True
    mother_code: str = ""
    founded_year: int | None = None
    recognised_by: str = ""
    recognised_on: date | None = None


@dataclass(frozen=True, slots=True)
class RightDraft:
    """A right as somebody or a register's file wrote it down.

    ``country`` holds ISO codes of two letters with blanks between.
    """

    kind: str
    authority: str
    register: str
    number: str
    name: str
    country: str
    status: str
    product_class: str = ""
    legal_basis: str = ""
    applied_on: date | None = None
    published_on: date | None = None
    registered_on: date | None = None
    valid_until: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Return what no two rights share."""
        return self.register, self.number


def folded(name: str) -> str:
    """Return a name as a search sees it: without accents and without capitals.

    >>> folded("Crème de Cassis")
    'creme de cassis'
    """
    plain = normalize("NFKD", name.replace("ł", "l").replace("đ", "d").replace("ø", "o"))
    return "".join(each for each in plain if not combining(each)).casefold()
