"""Rows about the use of a mark."""

from originmark.mark.licensing.models.applications import (
    Application,
    ApplicationStep,
    NonConformity,
)
from originmark.mark.licensing.models.licences import Licence, LicenceProduct, LicenceSuspension
from originmark.mark.licensing.models.quotas import Quota, QuotaChange, QuotaDraw

__all__ = [
    "Application",
    "ApplicationStep",
    "Licence",
    "LicenceProduct",
    "LicenceSuspension",
    "NonConformity",
    "Quota",
    "QuotaChange",
    "QuotaDraw",
]
