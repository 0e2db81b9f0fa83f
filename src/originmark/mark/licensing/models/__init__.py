"""Rows about the use of a mark."""

from originmark.mark.licensing.models.agreements import (
    Agreement,
    AgreementAcceptance,
    LicenceExit,
)
from originmark.mark.licensing.models.applications import (
    Application,
    ApplicationStep,
    NonConformity,
)
from originmark.mark.licensing.models.licences import Licence, LicenceProduct, LicenceSuspension
from originmark.mark.licensing.models.quotas import Quota, QuotaChange, QuotaDraw
from originmark.mark.licensing.models.reports import UseReport, UseReportLine

__all__ = [
    "Agreement",
    "AgreementAcceptance",
    "Application",
    "ApplicationStep",
    "Licence",
    "LicenceExit",
    "LicenceProduct",
    "LicenceSuspension",
    "NonConformity",
    "Quota",
    "QuotaChange",
    "QuotaDraw",
    "UseReport",
    "UseReportLine",
]
