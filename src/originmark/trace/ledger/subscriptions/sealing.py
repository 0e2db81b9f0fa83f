"""The secrets of subscriptions: kept encrypted, used to sign what is sent."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SecretLost(Exception):
    """The installation's key has changed, so the secret cannot be read any more."""


def seal(secret: str) -> str:
    """Return what the database keeps of a secret; nothing for nothing."""
    return _box().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """Return the secret; raises SecretLost under another installation's key."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as invalid:
        raise SecretLost from invalid


def signature(body: bytes, secret: str) -> str:
    """Return the value of ``GS1-Signature``: HMAC-SHA256 of the body under the secret.

    >>> signature(b"{}", "key")[:20]
    'sha256=c7ca8be4d46c0'
    """
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _box() -> Fernet:
    keys = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"originmark webhook secret")
    return Fernet(base64.urlsafe_b64encode(keys.derive(settings.SECRET_KEY.encode())))
