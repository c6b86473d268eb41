"""One draft of every type, as builders hand them to the log."""

from typing import Any
from uuid import UUID, uuid4

from cms.publication.log.drafts import ReleaseDraft
from cms.publication.log.publication_log import publication_log

ELI_URI = "https://www.retsinformation.dk/eli/lta/2025/1183"

OWN_FIELDS: dict[str, dict[str, Any]] = {
    "page": {"layout": "plain"},
    "guide": {
        "steps": [
            {
                "title": "Få et CPR-nummer",
                "html": "<p>Gå til Borgerservice.</p>",
                "bring": ["Pas"],
                "where": None,
                "how_long": "En uge",
            },
            {"title": "Find en læge", "html": "<p>Vælg selv.</p>", "bring": [], "where": None, "how_long": ""},
        ]
    },
    "contact-point": {
        "address": {"street": "Demovej 1", "postal_code": "7600", "city": "Struer"},
        "phone": "+45 12 34 56 78",
        "email": "desk@example.dk",
        "website": "",
        "hours": [{"days": "mandag", "opens": "10:00", "closes": "15:00", "note": "Uden aftale"}],
        "languages_spoken": ["da", "so"],
        "serves": "Nye borgere",
    },
    "article": {"answer": "Ja, inden fem dage."},
    "best-practice": {
        "problem": "<p>For få kom.</p>",
        "what_we_did": "<p>Vi ringede.</p>",
        "what_it_took": "<p>En telefon.</p>",
        "what_came_of_it": "<p>Flere kom.</p>",
        "elsewhere": "<p>Ja.</p>",
        "status": "running",
        "adopted_by": ["vest"],
    },
    "consortium": {
        "people": [{"name": "Demo Person", "role": "Leder", "email": "leder@example.dk"}],
        "members": [{"code": "0671", "name": "Struer"}],
    },
    "law-note": {
        "what_changed": "<p>Beløbet er ændret.</p>",
        "who": "<p>Arbejdsgivere.</p>",
        "what_to_do": "<p>Søg igen.</p>",
        "transition": "<p>Gamle sager løber videre.</p>",
        "plain_language": "<p>Der er kommet et nyt beløb.</p>",
        "deadline": "2027-03-01",
        "commencements": [
            {"date": "2027-01-01", "provisions": ["9 a"], "note": ""},
            {"date": None, "provisions": None, "note": ""},
        ],
        "sources": [{"eli_uri": ELI_URI, "sections": ["9 a"], "act": None}],
    },
}


def build_draft(type_name: str = "article", locale: str = "da", **changes: Any) -> ReleaseDraft:
    """Build a draft; ``changes`` are fields of the draft, and ``fields`` those of its document."""
    fields = changes.pop("fields", {})
    slug = changes.pop("slug", f"{type_name}-1")
    document = {
        "title": f"Om {type_name}",
        "summary": "Kort sagt.",
        "html": f'<div lang="{locale}"><p>Brødtekst.</p></div>',
        "blocks": [{"type": "paragraph", "value": "<p>Brødtekst.</p>", "id": "1"}],
        "citations": [],
        "related": [],
        **OWN_FIELDS[type_name],
        **fields,
    }
    values: dict[str, Any] = {
        "content_id": uuid4(),
        "locale": locale,
        "type": type_name,
        "document": document,
        "path": f"/{locale}/{slug}/",
        **changes,
    }
    return ReleaseDraft(**values)


def release(type_name: str = "article", locale: str = "da", **changes: Any) -> ReleaseDraft:
    """Build a draft and release it."""
    draft = build_draft(type_name, locale, **changes)
    publication_log.release_contents([draft])
    return draft


def release_translation(source: ReleaseDraft, locale: str, **changes: Any) -> ReleaseDraft:
    """Release a translation of the source's text as it now stands."""
    return release(
        source.type,
        locale,
        content_id=source.content_id,
        source_version=find_version(source.content_id, source.locale),
        **changes,
    )


def find_version(content_id: UUID, locale: str) -> str:
    """Find the version last released of an item in one language."""
    from cms.publication.models import Release

    rows = Release.objects.filter(content_id=content_id, locale=locale, kind="released").order_by("-position")
    return rows.values_list("version", flat=True)[0]
