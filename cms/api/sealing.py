"""Opaque tokens for cursors: encrypted, so that they tell nothing of positions in the log, and authenticated.

A token is ``nonce ‖ AES-SIV(content)`` in URL-safe base64 (RFC 5297); key and purpose make the key. AES-SIV stays safe when a nonce
comes again, so a token sealed with ``repeatable`` has a nonce of zeros: equal contents have equal tokens, others
never look alike.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings

NONCE_BYTES = 12
LONGEST_TOKEN = 4000


class BadSealError(ValueError):
    """Not a token of ours, or not for this purpose."""


def seal(purpose: str, content: bytes, *, repeatable: bool = False) -> str:
    """Seal ``content`` for a purpose."""
    nonce = bytes(NONCE_BYTES) if repeatable else secrets.token_bytes(NONCE_BYTES)
    sealed = _build_cipher(settings.SECRET_KEY, purpose).encrypt(content, [nonce])
    return base64.urlsafe_b64encode(nonce + sealed).rstrip(b"=").decode()


def unseal(purpose: str, token: str) -> bytes:
    """Open a token.

    Raises:
        BadSealError: if it was not sealed here for this purpose.
    """
    if len(token) > LONGEST_TOKEN or not token.isascii():
        raise BadSealError
    try:
        decoded = base64.b64decode(token.encode() + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSealError from error
    nonce, sealed = decoded[:NONCE_BYTES], decoded[NONCE_BYTES:]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _build_cipher(secret, purpose).decrypt(sealed, [nonce])
        except InvalidTag:
            continue
    raise BadSealError


@lru_cache(maxsize=16)
def _build_cipher(secret: str, purpose: str) -> AESSIV:
    return AESSIV(hmac.digest(secret.encode(), f"videnbro.{purpose}".encode(), hashlib.sha512))
