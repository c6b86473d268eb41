"""Release texts that cite one act, import a new text of it, and time how long it takes until every review is open."""

import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import django
import orjson

django.setup()

from cms.publication.following.followers import catch_up  # noqa: E402
from cms.publication.log.drafts import ReleaseDraft  # noqa: E402 - after setup
from cms.publication.log.publication_log import publication_log  # noqa: E402
from legal.differences.act_diffs import diff_expressions  # noqa: E402
from legal.intake.act_import import import_acts  # noqa: E402
from legal.models import Expression, Provision, ReviewTask, Work  # noqa: E402
from legal.reviews.followers import ReviewFollower  # noqa: E402

LOCALES = ("da", "en", "pl", "ar")
DRAFTS_AT_ONCE = 100


def main(count: int) -> None:
    """Measure with ``count`` citing texts."""
    work = _choose_work()
    newest = Expression.objects.get(pk=work.current_id)
    sections = list(Provision.objects.served().filter(expression=newest).values_list("section", flat=True))
    _tell(_time("release of the citing texts", lambda: _release_citing(work, newest, sections, count)))
    _tell(_time("following the log", lambda: catch_up(ReviewFollower())))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.ndjson"
        path.write_bytes(_build_new_text(newest))
        _tell(_time("import of the new text", lambda: import_acts([path])))
    _tell(_time("reviews of all texts that rest on it", lambda: catch_up(ReviewFollower())))
    _tell(f"{ReviewTask.objects.count()} reviews are open of {count} texts that cite {work.short_title}")
    work.refresh_from_db()
    texts = list(work.expressions.exclude(text_hash="").newest_first())
    _tell(_time("diff of the two newest texts", lambda: diff_expressions(texts[1], texts[0])))
    _tell(_time("diff of the oldest and the newest", lambda: diff_expressions(texts[-1], texts[0])))


def _choose_work() -> Work:
    known = Work.objects.filter(short_title="Udlændingeloven").first()
    if known is not None:
        return known
    counts = Counter(Provision.objects.served().values_list("expression__work_id", flat=True)[:50_000])
    return Work.objects.get(pk=counts.most_common(1)[0][0])


def _release_citing(work: Work, newest: Expression, sections: list[str], count: int) -> None:
    drafts = []
    for number in range(count):
        section = sections[number % len(sections)]
        citation = {"act": {"id": str(work.content_id)}, "section": section, "section_to": None, "stk": []}
        document = {
            "title": f"Svar {number} om § {section}",
            "summary": "",
            "html": f"<p>Se § {section}. {'Ord ' * 500}</p>",
            "blocks": [],
            "citations": [citation],
            "related": [],
        }
        locale = LOCALES[number % len(LOCALES)]
        drafts.append(
            ReleaseDraft(uuid4(), locale, "article", document, f"/{locale}/svar-{number}/", source_locale=locale)
        )
    for start in range(0, count, DRAFTS_AT_ONCE):
        publication_log.release_contents(drafts[start : start + DRAFTS_AT_ONCE])


def _build_new_text(newest: Expression) -> bytes:
    """Build the next consolidation: every section reads differently, so that every citing text is concerned."""
    provisions = [
        {"chapter": entry.chapter or None, "section": entry.section, "text": f"{entry.text} Dette gælder også i 2027."}
        for entry in newest.provisions.order_by("ordinal")
    ]
    signed = newest.signed_date + timedelta(days=200)
    return orjson.dumps(
        {
            "eli_uri": f"https://www.retsinformation.dk/eli/lta/{signed.year}/99999",
            "document_type": newest.document_type,
            "lexdania_type": newest.lexdania_type,
            "year": signed.year,
            "number": 99_999,
            "title": newest.title,
            "signed_date": signed.isoformat(),
            "provisions": provisions,
        }
    )


def _time(what: str, act: object) -> str:
    begun = time.perf_counter()
    act()  # type: ignore[operator]
    return f"{what}: {time.perf_counter() - begun:.2f} s"


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
