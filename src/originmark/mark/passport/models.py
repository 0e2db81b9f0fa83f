"""Rows of the passport: credentials and links."""

from originmark.mark.passport.credentials.models import (
    Credential,
    CredentialKey,
    Ground,
    StatusList,
)
from originmark.mark.passport.resolver.models import Delegation, Link

__all__ = ["Credential", "CredentialKey", "Delegation", "Ground", "Link", "StatusList"]
