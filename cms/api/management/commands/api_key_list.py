"""List the consumer keys."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localtime

from cms.api.models import ConsumerKey


class Command(BaseCommand):
    """``api_key_list``: prefix, state, name, scopes, origins and dates; never a key."""

    help = "Lists the consumer keys."

    def handle(self, *args: Any, **options: Any) -> None:
        for key in ConsumerKey.objects.all():
            state = "active" if key.is_active else "revoked" if key.revoked_at else "expired"
            used = f"{localtime(key.last_used_at):%Y-%m-%d %H:%M}" if key.last_used_at else "never"
            # The moment stored is the midnight that ends the last day.
            expires = f"{localtime(key.expires_at - timedelta(seconds=1)):%Y-%m-%d}" if key.expires_at else "open"
            origins = f" from {', '.join(key.origins)}" if key.origins else ""
            self.stdout.write(
                f"{key.prefix}  {state:8}{key.name}  {', '.join(key.scopes)}{origins}  last day {expires}, last used {used}"
            )
