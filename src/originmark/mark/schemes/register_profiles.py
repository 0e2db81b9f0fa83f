"""How the columns and words of a register's file stand for ours. Pure data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

FIELDS: Final = (
    "name", "number", "register", "authority", "kind", "country", "status", "product_class",
    "legal_basis", "applied_on", "published_on", "registered_on", "valid_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """One file format: our field to its header, its words (in small letters) to ours."""

    name: str
    title: str
    headers: Mapping[str, str]
    required: frozenset[str]
    kinds: Mapping[str, str]
    statuses: Mapping[str, str]
    date_format: str
    date_words: str
    constants: Mapping[str, str] = field(default_factory=dict)
    register_prefix: str = ""
    passed_over: tuple[str, ...] = ()


KINDS: Final = (
    "gi", "gi_agricultural", "pdo", "pgi", "tsg", "certification_mark", "collective_mark",
    "trade_mark",
)  # fmt: skip
STATUSES: Final = ("applied", "published", "registered", "rejected", "cancelled")

OWN: Final = Profile(
    name="originmark",
    title="Originmark template",
    headers={each: each for each in FIELDS},
    required=frozenset({"name", "number", "register", "authority", "kind", "country", "status"}),
    kinds={each: each for each in KINDS},
    statuses={each: each for each in STATUSES},
    date_format="%Y-%m-%d",
    date_words="YYYY-MM-DD",
)

UK_GI: Final = Profile(
    name="uk-gi",
    title="Register of UK protected geographical indications (Defra)",
    headers={
        "name": "Name",
        "number": "FileNumber",
        "register": "Register",
        "kind": "Type",
        "country": "Country",
        "status": "Status",
        "product_class": "ProductCategory",
        "legal_basis": "LegalInstrument",
        "applied_on": "ApplicationDate",
        "published_on": "DatePublication",
        "registered_on": "DateRegistration",
    },
    required=frozenset(
        {"Name", "FileNumber", "Register", "Type", "Country", "Status", "DateRegistration"}
    ),
    kinds={
        "geographical indication (gi)": "gi",
        "protected designation of origin (pdo)": "pdo",
        "protected geographical indication (pgi)": "pgi",
        "traditional specialities guaranteed (tsg)": "tsg",
    },
    statuses={each: each for each in STATUSES},
    date_format="%d/%m/%Y",
    date_words="DD/MM/YYYY",
    constants={"authority": "Department for Environment, Food and Rural Affairs (Defra)"},
    register_prefix="UK GI: ",
    passed_over=("ProductType",),
)

PROFILES: Final = (OWN, UK_GI)
