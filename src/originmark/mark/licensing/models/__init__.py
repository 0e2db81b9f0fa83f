"""Rows about the use of a mark."""

from originmark.mark.licensing.models.licences import Licence, LicenceProduct, LicenceSuspension
from originmark.mark.licensing.models.quotas import Quota, QuotaChange, QuotaDraw

__all__ = [
    "Licence",
    "LicenceProduct",
    "LicenceSuspension",
    "Quota",
    "QuotaChange",
    "QuotaDraw",
]
