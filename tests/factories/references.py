"""Pages that refer to others, in every way a text can."""

from datetime import timedelta
from itertools import batched
from typing import Any
from uuid import uuid4

from wagtail.models import Locale

from cms.core.calendar import today
from cms.core.models import ReusableBlock
from cms.core.shown_targets import Target, TargetKind
from cms.publication.log.publication_log import publication_log
from knowledge.models import ArticlePage, BestPracticePage, ContactPointPage, GuidePage
from legal.notes.law_note_page import LawNotePage
from tests.factories.pages import make_page
from tests.factories.releases import make_draft


def write_link(page: Any, words: str = "stedet") -> str:
    """Write a passage with a link to a page, as the editor stores it."""
    return f'<p>Se <a linktype="page" id="{page.pk}">{words}</a>.</p>'


def make_block(body: str, locale: str = "da", **values: Any) -> ReusableBlock:
    """Make a published reusable block."""
    block = ReusableBlock(
        title="Ring", body=body, locale=Locale.objects.get_or_create(language_code=locale)[0], live=False, **values
    )
    block.save()
    block.save_revision().publish()
    return ReusableBlock.objects.get(pk=block.pk)


def _build_step(**values: Any) -> Any:
    return ("step", {"title": "Gå hen", "html": "", "bring": [], "where": None, "how_long": "", **values})


def _fill(page: Any, **values: Any) -> Any:
    for name, value in values.items():
        setattr(page, name, value)
    return page


WAYS = {
    "contact point": lambda page, place: _fill(page, body=[("contact_point", place)]),
    "related": lambda page, place: _fill(page, related=[("page", place)]),
    "link": lambda page, place: _fill(page, body=[("paragraph", write_link(place))]),
    "link in a list": lambda page, place: _fill(
        page, body=[("list", {"ordered": False, "items": [write_link(place)]})]
    ),
    "link in a step": lambda page, place: _fill(page, body=[("step", {"title": "Gå", "html": write_link(place)})]),
    "link in a call-out": lambda page, place: _fill(
        page, body=[("callout", {"tone": "info", "html": write_link(place)})]
    ),
    "link in a reusable block": lambda page, place: _fill(page, body=[("reusable", make_block(write_link(place)))]),
    "contact point of a guide": lambda page, place: _fill(page, body=[("contact_point", place)]),
    "where of a guide": lambda page, place: _fill(page, steps=[_build_step(where=place)]),
    "link in a guide": lambda page, place: _fill(page, steps=[_build_step(html=write_link(place))]),
    "link in a best practice": lambda page, place: _fill(page, problem=write_link(place)),
    "link in a law note": lambda page, place: _fill(page, what_changed=write_link(place)),
}
MODELS = {
    "contact point of a guide": GuidePage,
    "where of a guide": GuidePage,
    "link in a guide": GuidePage,
    "link in a best practice": BestPracticePage,
    "link in a law note": LawNotePage,
}


def make_place(title: str = "Hemmelig hotline", **values: Any) -> Any:
    """Make an unpublished contact point."""
    return make_page(ContactPointPage, title=title, **values)


def make_referrer(way: str, place: Any, **values: Any) -> Any:
    """Make an unpublished page that refers to a place in one of the ``WAYS``."""
    page = make_page(MODELS.get(way, ArticlePage), **{"title": "Brug for hjælp", **values})
    return WAYS[way](page, place)


def release_world(*, planned: int, referrers: int) -> None:
    """Release texts that have a planned one behind them, and texts that all refer to one and the same other content."""
    other = Target(TargetKind.CONTENT, str(uuid4()))
    for batch in batched(range(planned), 100, strict=False):
        ids = {number: uuid4() for number in batch}
        publication_log.release_contents([make_draft(f"Nu {n}", content_id=ids[n]) for n in batch])
        coming = today() + timedelta(days=60)
        publication_log.release_contents(
            [
                make_draft(f"Plan {n}", content_id=ids[n], applies_from=coming, references=frozenset([other]))
                for n in batch
            ]
        )
    for batch in batched(range(referrers), 100, strict=False):
        publication_log.release_contents([make_draft(f"Side {n}", references=frozenset([other])) for n in batch])
