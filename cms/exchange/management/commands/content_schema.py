"""Print the JSON Schema of a bundle line."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from cms.exchange.schema import build_bundle_schema


class Command(BaseCommand):
    """Print the JSON Schema that is kept as ``docs/content-bundle.schema.json``."""

    help = "Prints the JSON Schema of a content bundle's lines."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(build_bundle_schema(), indent=2, ensure_ascii=False, default=str))
