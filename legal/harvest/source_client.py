"""HTTP client of the source: one address at a time, bounded in size, time and attempts."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, override
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from legal.harvest.pace import LONGEST_BACKOFF_SECONDS, Pace
from legal.harvest.source_addresses import AddressError, check_address

TIMEOUT_SECONDS = 30.0
LONGEST_ANSWER_SECONDS = 180.0
CHUNK_BYTES = 256 * 1024
MAX_REDIRECTS = 3
ATTEMPTS = 4
MAX_TOLD = 300
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


class SourceError(Exception):
    """The source did not answer as it should; the message is for the person who harvests.

    ``is_passing`` says that it may do so later. ``retry_after_seconds`` is how long the source asks to be left alone.
    """

    def __init__(self, message: str, *, is_passing: bool = False, retry_after_seconds: float = 0.0) -> None:
        super().__init__(message)
        self.is_passing = is_passing
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True)
class SourceAnswer:
    """One answer; ``url`` is where it came from after redirects."""

    url: str
    body: bytes
    media_type: str


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Hands redirects back: each address is checked before it is asked."""

    @override
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


@dataclass
class SourceClient:
    """Asks the source at a pace; ``clock`` gives seconds for the bound of one answer."""

    pace: Pace
    clock: Callable[[], float] = time.monotonic

    def get(self, url: str, media_types: tuple[str, ...], max_bytes: int) -> SourceAnswer:
        """Get an address, trying again after passing failures.

        Raises:
            SourceError: if it cannot be had, with the last reason.
        """
        for failures in range(ATTEMPTS):
            self.pace.wait()
            try:
                return self._follow(url, media_types, max_bytes)
            except SourceError as error:
                is_long = error.retry_after_seconds > LONGEST_BACKOFF_SECONDS
                # Whoever asks to be left alone for long is: the harvest goes on at its next run.
                if not error.is_passing or is_long or failures == ATTEMPTS - 1:
                    raise
                self.pace.back_off(failures, error.retry_after_seconds)
        raise AssertionError  # the last attempt returns or raises

    def _follow(self, url: str, media_types: tuple[str, ...], max_bytes: int) -> SourceAnswer:
        for _redirect in range(MAX_REDIRECTS + 1):
            try:
                check_address(url)
            except AddressError as error:
                raise SourceError(str(error)) from error
            answer = self._ask(url, media_types, max_bytes)
            if isinstance(answer, SourceAnswer):
                return answer
            url = answer
        raise SourceError(_("%(url)s: more than %(limit)d redirects") % {"url": url[:200], "limit": MAX_REDIRECTS})

    def _ask(self, url: str, media_types: tuple[str, ...], max_bytes: int) -> SourceAnswer | str:
        """Ask one address once; an address to follow comes back as text."""
        request = urllib.request.Request(  # noqa: S310 - check_address has let nothing but http and https through
            url,
            headers={
                "User-Agent": _build_user_agent(),
                "Accept": ", ".join(media_types),
                "Accept-Encoding": "identity",
            },
        )
        opener = urllib.request.build_opener(_NoRedirects)
        try:
            with opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                media_type = response.headers.get_content_type()
                if media_type not in media_types:
                    raise SourceError(_("%(url)s answers %(type)s") % {"url": url, "type": media_type})
                return SourceAnswer(url, self._read(url, response, max_bytes), media_type)
        except urllib.error.HTTPError as error:
            with error:
                location = error.headers.get("Location")
                if error.code in (301, 302, 303, 307, 308) and location:
                    return urljoin(url, location)
                raise self._build_refusal(url, error) from error
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", None) or error or type(error).__name__
            raise SourceError(_("%(url)s: %(reason)s") % {"url": url, "reason": reason}, is_passing=True) from error

    def _read(self, url: str, response: HTTPResponse, max_bytes: int) -> bytes:
        """Read an answer within its bounds; one that is shorter than it announced is passing trouble."""
        latest = self.clock() + LONGEST_ANSWER_SECONDS
        body = bytearray()
        while chunk := response.read(CHUNK_BYTES):
            body += chunk
            if len(body) > max_bytes:
                raise SourceError(_("%(url)s: longer than %(size)d MB") % {"url": url, "size": max_bytes // 1024**2})
            if self.clock() > latest:
                raise SourceError(_("%(url)s: takes too long") % {"url": url}, is_passing=True)
        if response.length:
            raise SourceError(_("%(url)s: the answer broke off") % {"url": url}, is_passing=True)
        return bytes(body)

    def _build_refusal(self, url: str, error: urllib.error.HTTPError) -> SourceError:
        try:
            told = error.read(MAX_TOLD).decode("utf-8", "replace")
        except (OSError, HTTPException):
            told = ""
        return SourceError(
            _("%(url)s answers %(status)d: %(told)s")
            % {"url": url, "status": error.code, "told": " ".join(told.split()) or error.reason},
            is_passing=error.code in PASSING,
            retry_after_seconds=_read_retry_after(error.headers.get("Retry-After", "")),
        )


def _read_retry_after(value: str) -> float:
    """Read ``Retry-After`` (RFC 9110, 10.2.3), as in ``120`` or ``Thu, 26 Nov 2026 09:00:00 GMT``; 0 for anything else."""
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - timezone.now()).total_seconds(), 0.0)


def _build_user_agent() -> str:
    return f"Videnbro (+{settings.PUBLIC_URL})"
