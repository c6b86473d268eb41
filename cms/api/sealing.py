"""Opaque tokens for cursors: encrypted, so that they tell nothing of positions in the log, and authenticated.

A token is ``nonce ‖ ciphertext ‖ tag`` in URL-safe base64: a keystream of HMAC-SHA-256 blocks, then a MAC over all of it
(encrypt-then-MAC), both keys derived from ``SECRET_KEY``. A token sealed with ``repeatable`` takes its nonce from the content (as
in RFC 5297), so that equal pages have equal bytes; the others never look alike.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from functools import lru_cache

from django.conf import settings

NONCE_BYTES = 12
TAG_BYTES = 12
LONGEST_TOKEN = 4000


class BadSealError(ValueError):
    """Not a token of ours, or not for this purpose."""


def seal(purpose: str, content: bytes, *, repeatable: bool = False) -> str:
    """Seal ``content`` for a purpose."""
    for_stream, for_tag = _derive_keys(settings.SECRET_KEY, purpose)
    if repeatable:
        nonce = hmac.digest(for_tag, b"nonce" + content, hashlib.sha256)[:NONCE_BYTES]
    else:
        nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + _encipher(for_stream, nonce, content)
    tag = hmac.digest(for_tag, b"tag" + sealed, hashlib.sha256)[:TAG_BYTES]
    return base64.urlsafe_b64encode(sealed + tag).rstrip(b"=").decode()


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
    sealed, tag = decoded[:-TAG_BYTES], decoded[-TAG_BYTES:]
    if len(sealed) < NONCE_BYTES:
        raise BadSealError
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        for_stream, for_tag = _derive_keys(secret, purpose)
        if hmac.compare_digest(tag, hmac.digest(for_tag, b"tag" + sealed, hashlib.sha256)[:TAG_BYTES]):
            return _encipher(for_stream, sealed[:NONCE_BYTES], sealed[NONCE_BYTES:])
    raise BadSealError


def _encipher(key: bytes, nonce: bytes, content: bytes) -> bytes:
    blocks = range((len(content) + 31) // 32)
    stream = b"".join(hmac.digest(key, nonce + block.to_bytes(4), hashlib.sha256) for block in blocks)[: len(content)]
    return (int.from_bytes(content) ^ int.from_bytes(stream)).to_bytes(len(content))


@lru_cache(maxsize=16)
def _derive_keys(secret: str, purpose: str) -> tuple[bytes, bytes]:
    return (
        hmac.digest(secret.encode(), f"videnbro.{purpose}.stream".encode(), hashlib.sha256),
        hmac.digest(secret.encode(), f"videnbro.{purpose}.tag".encode(), hashlib.sha256),
    )
