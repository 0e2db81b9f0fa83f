"""How this installation uses allauth and axes: closed to strangers, secrets encrypted at rest."""

import base64
from typing import Any

import axes.utils
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest

from originmark.origin.parties.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up: people come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's door)
        """Return that strangers cannot make themselves a sign-in."""
        return False

    def set_password(self, user: Person, password: str) -> None:
        """Set a new password, and end the wait after too many wrong ones."""
        super().set_password(user, password)
        axes.utils.reset(username=user.email)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Keeps the secrets of second factors encrypted under the installation's secret key."""

    def encrypt(self, text: str) -> str:
        """Return what the database keeps."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; raises InvalidToken under another secret key."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    keys = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"originmark second factor")
    return Fernet(base64.urlsafe_b64encode(keys.derive(settings.SECRET_KEY.encode())))


def name_typed(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """Return the address that somebody tries to sign in with, for counting wrong passwords."""
    given = credentials or {}
    name = given.get("email") or given.get("username") or request.POST.get("login")
    return str(name).strip().lower() if name else None
