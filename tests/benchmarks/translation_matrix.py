"""Open the translators' matrix of a generated site: 5,000 texts in eight languages, as a translator sees it.

    DATA_DIR=$(mktemp -d) DJANGO_SETTINGS_MODULE=cms.settings.dev python -m tests.benchmarks.translation_matrix

``BENCH_TEXTS`` sets how many texts there are. The database is migrated and static files are collected first, and kept: a second
run measures the same site. The processor's time tells more than the clock's on a machine that does other work.
"""

import os
import random
import statistics
import sys
import time
from datetime import timedelta
from itertools import batched
from typing import Any

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402 - after setup
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page  # noqa: E402

from cms.core.calendar import today  # noqa: E402
from cms.core.languages import LANGUAGES  # noqa: E402
from cms.core.starter_set import load_languages, load_organisations, load_vocabularies  # noqa: E402
from cms.exchange.sites import get_home  # noqa: E402
from cms.publication.models import Release, Window  # noqa: E402
from cms.translation.enums import WorkState  # noqa: E402
from cms.translation.models import LanguageTeam, TranslationTask  # noqa: E402
from knowledge.models import ArticlePage  # noqa: E402
from legal.notes.law_note_page import LawNotePage  # noqa: E402
from tests.benchmarks.content import WORDS  # noqa: E402
from tests.translation.desk.translated_pages import make_translator  # noqa: E402

TEXTS = int(os.environ.get("BENCH_TEXTS", "5000"))
ROUNDS = 15
LIMIT_MS = 300
QUERIES: dict[str, dict[str, Any]] = {
    "everything": {},
    "page 100": {"p": 100},
    "outdated in Polish": {"locale": "pl", "state": "outdated"},
    "mine": {"owner": "mine"},
    "overdue": {"overdue": "on"},
    "words of the title": {"q": "kommune"},
}


def main() -> int:
    """Make the site unless it is there, and open the matrix; returns 1 past the limit."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if not TranslationTask.objects.exists():
        _make_site()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username="translator"))
    slowest = 0.0
    for name, query in QUERIES.items():
        _open(client, query)
        processor = time.process_time()
        spent = [_open(client, query) for _round in range(ROUNDS)]
        processor = (time.process_time() - processor) * 1000 / ROUNDS
        with CaptureQueriesContext(connection) as queries:
            _open(client, query)
        middle = statistics.median(spent)
        slowest = max(slowest, middle)
        sys.stdout.write(
            f"{name}: p50 {middle:.0f} ms, most {max(spent):.0f} ms, processor {processor:.0f} ms, {len(queries)} statements\n"
        )
    return int(slowest > LIMIT_MS)


def _open(client: Client, query: dict[str, Any]) -> float:
    started = time.perf_counter()
    response = client.get(reverse("translation_matrix"), query)
    spent = (time.perf_counter() - started) * 1000
    if response.status_code != 200:
        raise RuntimeError(f"the matrix answered {response.status_code}")
    return spent


def _make_site() -> None:
    load_languages()
    load_vocabularies()
    load_organisations()
    chance = random.Random(7)
    home = get_home("da")
    translator = make_translator("translator", "pl")
    LanguageTeam.objects.create(locale="pl").members.add(translator)
    for numbers in batched(range(TEXTS), 500, strict=False):
        with transaction.atomic():
            pages = [_make_page(home, number, chance) for number in numbers]
            _release(pages)
            TranslationTask.objects.bulk_create(
                _build_task(page, code, chance, translator) for page in pages for code in LANGUAGES if code != "da"
            )


def _make_page(home: Page, number: int, chance: random.Random) -> Page:
    model = LawNotePage if number % 10 == 0 else ArticlePage
    title = f"{' '.join(chance.choices(WORDS, k=5)).capitalize()} {number}"
    page = model(
        title=title,
        draft_title=title,
        slug=f"tekst-{number}",
        url_path=f"{home.url_path}tekst-{number}/",
        path=Page._get_path(home.path, home.depth + 1, 1000 + number),
        depth=home.depth + 1,
        locale=home.locale,
        content_type=ContentType.objects.get_for_model(model),
        live=True,
    )
    # Past Wagtail, whose own way takes an hour for all of them.
    names = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    (row,) = Page.objects.bulk_create([Page(**{name: getattr(page, name) for name in names})])
    page.pk = page.page_ptr_id = page.id = row.pk
    page.save_base(raw=True, force_insert=True)
    return page


def _release(pages: list[Page]) -> None:
    first = Release.objects.count() + 1
    shared = {"locale": "da", "type": "article", "visibility": "public"}
    rows = Release.objects.bulk_create(
        Release(
            position=position,
            content_id=page.translation_key,
            kind="released",
            version=f"{position:016x}",
            text_position=position,
            released_at=timezone.now(),
            first_released_at=timezone.now(),
            source_locale="da",
            state="source",
            **shared,
        )
        for position, page in enumerate(pages, first)
    )
    Window.objects.bulk_create(
        Window(
            release=row,
            content_id=row.content_id,
            version=row.version,
            etag="",
            starts=today(),
            path="",
            parent_path="",
            title="",
            title_key="",
            released_at=row.released_at,
            state="source",
            **shared,
        )
        for row in rows
    )


def _build_task(page: Page, code: str, chance: random.Random, translator: User) -> TranslationTask:
    is_asked = chance.random() < 0.2
    return TranslationTask(
        content_id=page.translation_key,
        locale=code,
        state=chance.choice(WorkState.values),
        since=timezone.now() - timedelta(days=chance.randrange(400)),
        owner=translator if is_asked else None,
        due=today() + timedelta(days=chance.randrange(-30, 60)) if is_asked else None,
    )


if __name__ == "__main__":
    sys.exit(main())
