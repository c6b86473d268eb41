"""Consumer keys: making them and recognising callers by them.

A key reads ``vbk_<prefix>_<secret>``: the prefix finds the row and is what people say, the secret is 256 random bits. It travels in
``Authorization: Bearer`` alone; a key in an address ends up in logs and histories and is refused.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote_plus

from django.db import DatabaseError
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from cms.api.models import ConsumerKey
from cms.api.problems import Problem
from cms.api.scopes import build_access_scope, check_scopes
from cms.publication.access.access_scope import AccessScope

CHALLENGE = 'Bearer realm="videnbro", error="invalid_token"'
# Example: "‹vbk_0123abcd_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA›"
KEY = re.compile(r"vbk_([0-9a-f]{8})_([A-Za-z0-9_-]{43})")
# Example: "api_key"
KEY_PARAMETER = re.compile(r"api[-_]?key|key|(?:access_)?token|authorization|bearer", re.IGNORECASE)
# Example: "a=1‹&›b=2"
PAIR_END = re.compile(r"[&;]")
LAST_USED_PRECISION = timedelta(minutes=1)
UNKNOWN_DIGEST = "0" * 64


@dataclass(frozen=True)
class Caller:
    """The holder of an API key, with what it gives."""

    key: ConsumerKey
    access: AccessScope


def create_key(
    *, name: str, scopes: Sequence[str], origins: Sequence[str] = (), expires_at: datetime | None = None
) -> tuple[ConsumerKey, str]:
    """Make a key; the second part is the key itself, which is not stored.

    Raises:
        UnknownScopeError: if a scope does not exist.
    """
    check_scopes(scopes)
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    key = ConsumerKey.objects.create(
        name=name,
        prefix=prefix,
        digest=_digest(secret),
        scopes=sorted(set(scopes)),
        origins=sorted(set(origins)),
        expires_at=expires_at,
    )
    return key, f"vbk_{prefix}_{secret}"


def refuse_key_in_address(path: str, query: str) -> None:
    """Refuse a request whose address carries a key.

    Raises:
        Problem: 400 ``key-in-url``; names the parameters, never the key.
    """
    pairs = [unquote_plus(pair).partition("=") for pair in PAIR_END.split(query)]
    names = [name for name, sign, value in pairs if _is_key(name, sign, value)]
    if names or KEY.search(path):
        raise Problem(
            400,
            "key-in-url",
            "Key in the address",
            "A key belongs in the header Authorization: Bearer, never in the address. Treat this one as known to others.",
            [{"parameter": KEY.sub("…", name), "detail": "holds a key"} for name in dict.fromkeys(names)],
        )


class KeyAuthentication(BaseAuthentication):
    """Recognise a caller by key; a header that is there and not right is refused, never taken for nobody's."""

    def authenticate(self, request: Request) -> tuple[Any, Caller] | None:
        header = request.META.get("HTTP_AUTHORIZATION")
        if header is None:
            return None
        key = _find_key(header)
        if key is None or not key.is_active:
            raise AuthenticationFailed
        _note_use(key)
        # The middleware answers a browser by the origins of this key.
        request._request.consumer_key = key  # type: ignore[attr-defined]
        return None, Caller(key, build_access_scope(key.scopes))

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


def _is_key(name: str, sign: str, value: str) -> bool:
    return bool((sign and KEY_PARAMETER.fullmatch(name)) or KEY.search(name) or KEY.search(value))


def _find_key(header: str) -> ConsumerKey | None:
    scheme, _, credentials = header.partition(" ")
    found = KEY.fullmatch(credentials.strip(" "))
    if scheme.lower() != "bearer" or found is None:
        return None
    key = ConsumerKey.objects.filter(prefix=found[1]).first()
    expected = key.digest if key else UNKNOWN_DIGEST
    return key if hmac.compare_digest(expected, _digest(found[2])) else None


def _note_use(key: ConsumerKey) -> None:
    now = timezone.now()
    if key.last_used_at is not None and now - key.last_used_at < LAST_USED_PRECISION:
        return
    try:
        ConsumerKey.objects.filter(pk=key.pk).update(last_used_at=now)
    except DatabaseError:
        # A read must not fail because a long import holds the only write lock.
        return


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
