"""Pages as editors make them: through revisions and publishing."""

from datetime import date
from typing import Any

from wagtail.models import Locale

from cms.core.models import ReleasablePage
from cms.exchange.sites import get_home
from cms.exchange.slugs import choose_slug
from knowledge.models import ArticlePage

# What a page of a type has to say before an editor may publish it.
NEEDED: dict[str, dict[str, Any]] = {
    "law-note": {
        "what_changed": "<p>Beløbet er ændret.</p>",
        "who": "<p>Arbejdsgivere.</p>",
        "plain_language": "<p>Der er kommet et nyt beløb.</p>",
        "sources": [("source", {"eli_uri": "https://www.retsinformation.dk/eli/lta/2019/1", "sections": []})],
        "verified_until": date(2099, 12, 31),
    }
}


def make_page(
    model: type[ReleasablePage] = ArticlePage, *, locale: str = "da", parent: Any = None, **values: Any
) -> Any:
    """Make an unpublished page under the language's home page, with what its type needs to be published."""
    values = {"title": "Skal jeg registreres i CPR?", **NEEDED.get(model.content_type_name, {}), **values}
    parent = parent or get_home(locale)
    parent.refresh_from_db()
    page = model(
        slug=choose_slug(parent, values["title"], locale),
        locale=Locale.objects.get_or_create(language_code=locale)[0],
        live=False,
        **values,
    )
    parent.add_child(instance=page)
    return page


def publish(page: Any, **values: Any) -> Any:
    """Edit a page and publish it; returns it as it is stored then."""
    draft = page.get_latest_revision_as_object() if page.latest_revision_id else page
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def translate(page: Any, locale: str, **values: Any) -> Any:
    """Make and publish a translation of a page."""
    get_home(locale)
    target = Locale.objects.get_or_create(language_code=locale)[0]
    copy = page.copy_for_translation(target, copy_parents=True)
    return publish(copy, **values)
