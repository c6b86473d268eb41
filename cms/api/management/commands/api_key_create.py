"""Make a consumer key and print it once."""

from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from cms.api.keys import create_key
from cms.api.scopes import UnknownScopeError
from cms.core.calendar import COPENHAGEN, today


class Command(BaseCommand):
    """``api_key_create --name N --scope S… [--origin O…] [--expires DATE]``."""

    help = "Makes a consumer key and prints it once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="Who uses it.")
        parser.add_argument(
            "--scope",
            action="append",
            required=True,
            dest="scopes",
            help="read:network, read:consortium:SLUG, webhooks, receipts or preview; may repeat.",
        )
        parser.add_argument(
            "--origin", action="append", default=[], dest="origins", help="Web origin it may be used from; may repeat."
        )
        parser.add_argument("--expires", help="Last day, as 2027-12-31.")

    def handle(
        self, *args: Any, name: str, scopes: list[str], origins: list[str], expires: str | None, **options: Any
    ) -> None:
        if not name.strip() or len(name) > 120:
            raise CommandError("--name: between 1 and 120 characters are needed")
        for origin in origins:
            _check_origin(origin)
        last_day = _parse_day(expires) if expires else None
        try:
            key, secret = create_key(
                name=name.strip(),
                scopes=scopes,
                origins=origins,
                expires_at=_end_of_day(last_day) if last_day else None,
            )
        except UnknownScopeError as error:
            raise CommandError(f"--scope {error}") from error
        self.stderr.write(f"Key {key.prefix} for {key.name}: {', '.join(key.scopes)}. It is shown this once:")
        self.stdout.write(secret)


def _parse_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--expires {text}: a day is needed, as 2027-12-31") from error
    if day < today():
        raise CommandError(f"--expires {text}: that day has passed")
    return day


def _end_of_day(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=COPENHAGEN)


def _check_origin(origin: str) -> None:
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or not parts.netloc or origin != f"{parts.scheme}://{parts.netloc}":
        raise CommandError(f"--origin {origin}: a web origin is needed, as https://www.example.dk, without a path")
