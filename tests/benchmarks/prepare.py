"""Publish the pages and write down what to ask for."""

import json
import sys
from pathlib import Path

import django

django.setup()

from cms.publication.models import Window  # noqa: E402 - after setup
from tests.benchmarks.content import make_pages  # noqa: E402 - after setup

if __name__ == "__main__":
    pages = make_pages(int(sys.argv[2]))
    etags = {str(key): etag for key, etag in Window.objects.values_list("content_id", "etag")}
    asked = [{"page": page, "id": content_id, "etag": f'"{etags[content_id]}"'} for page, content_id in pages]
    (Path(sys.argv[1]) / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
