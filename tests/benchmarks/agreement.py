"""Check a generated site with ``publication_check``: time, memory and statements for each batch.

    DATA_DIR=$(mktemp -d) DJANGO_SETTINGS_MODULE=cms.settings.dev python -m tests.benchmarks.agreement

``BENCH_TEXTS`` sets how many texts of about 4 kB there are; each shows a contact point, links to it and cites two acts. The
database is migrated first, and kept: a second run measures the same site.
"""

import os
import random
import resource
import sys
import time
from collections.abc import Sequence
from itertools import batched

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402 - after setup
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from wagtail.models import Page  # noqa: E402

from cms.core.starter_set import load_languages, load_organisations, load_vocabularies  # noqa: E402
from cms.exchange.sites import get_home  # noqa: E402
from cms.publication.log.publication_log import publication_log  # noqa: E402
from cms.publication.models import Window  # noqa: E402
from cms.publication.pages.agreement import list_differences  # noqa: E402
from cms.publication.pages.builder import build_release_draft  # noqa: E402
from cms.publication.pages.page_batches import BATCH_SIZE  # noqa: E402
from knowledge.models import ArticlePage  # noqa: E402
from tests.benchmarks.content import WORDS  # noqa: E402
from tests.factories.pages import publish  # noqa: E402
from tests.factories.references import make_place, write_link  # noqa: E402

TEXTS = int(os.environ.get("BENCH_TEXTS", "10000"))
LIMIT_SECONDS = 60


def main() -> int:
    """Make the site unless it is there, and check it; returns 1 on a difference or past the limit."""
    call_command("migrate", verbosity=0)
    if not Window.objects.filter(type="article").exists():
        _make_site()
    before = resource.getrusage(resource.RUSAGE_SELF)
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        count = sum(1 for _difference in list_differences())
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    texts = Window.objects.filter(type="article").count()
    sys.stdout.write(
        f"{texts} texts: {seconds:.1f} s, processor {after.ru_utime - before.ru_utime:.1f} s, "
        f"{len(queries)} statements in {-(-texts // BATCH_SIZE)} batches, {after.ru_maxrss / 1024:.0f} MB at most, "
        f"{count} differences\n"
    )
    return int(bool(count) or seconds > LIMIT_SECONDS)


def _make_site() -> None:
    load_languages()
    load_vocabularies()
    load_organisations()
    chance = random.Random(7)
    places = [publish(make_place(f"Sted {number}")) for number in range(20)]
    home = get_home("da")
    for numbers in batched(range(TEXTS), BATCH_SIZE, strict=False):
        with transaction.atomic():
            pages = _make_pages(home, numbers, chance, places)
            publication_log.release_contents([build_release_draft(page) for page in pages])
        sys.stdout.write(f"\r{numbers[-1] + 1} texts made")
        sys.stdout.flush()
    sys.stdout.write("\n")


def _make_pages(home: Page, numbers: Sequence[int], chance: random.Random, places: Sequence[Page]) -> list[ArticlePage]:
    """Make live pages beneath the home page, past Wagtail: saving ten thousand one by one takes an hour."""
    pages = [_build_page(home, number, chance, places[number % len(places)]) for number in numbers]
    names = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    rows = Page.objects.bulk_create([Page(**{name: getattr(page, name) for name in names}) for page in pages])
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.page_ptr_id = page.id = row.pk
        page.save_base(raw=True, force_insert=True)
        page.loaded_source_first = [page]
    return pages


def _build_page(home: Page, number: int, chance: random.Random, place: Page) -> ArticlePage:
    slug = f"artikel-{number}"
    page = ArticlePage(
        title=f"{chance.choice(WORDS).title()} {number}",
        slug=slug,
        url_path=f"{home.url_path}{slug}/",
        # Far behind the places, which stand there already.
        path=Page._get_path(home.path, home.depth + 1, 100_000 + number),
        depth=home.depth + 1,
        locale=home.locale,
        content_type=ContentType.objects.get_for_model(ArticlePage),
        live=True,
        summary=" ".join(chance.choices(WORDS, k=20)),
        answer=" ".join(chance.choices(WORDS, k=25)),
        topics=["housing"],
    )
    page.body = [
        *(("paragraph", f"<p>{' '.join(chance.choices(WORDS, k=60))}</p>") for _ in range(2)),
        ("paragraph", "<p>Efter udlændingelovens § 9 a, stk. 2, og integrationslovens § 4.</p>" + write_link(place)),
        ("contact_point", place),
    ]
    return page


if __name__ == "__main__":
    sys.exit(main())
