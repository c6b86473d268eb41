"""Revoke a consumer key."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.api.models import ConsumerKey


class Command(BaseCommand):
    """``api_key_revoke PREFIX``: the key is dead from the next request on."""

    help = "Revokes a consumer key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("prefix", help="The eight characters that api_key_list prints.")

    def handle(self, *args: Any, prefix: str, **options: Any) -> None:
        key = ConsumerKey.objects.filter(prefix=prefix).first()
        if key is None:
            raise CommandError(f"{prefix}: no such key")
        if key.revoked_at is None:
            ConsumerKey.objects.filter(pk=key.pk).update(revoked_at=timezone.now())
        self.stdout.write(f"Key {key.prefix} of {key.name} is revoked.")
