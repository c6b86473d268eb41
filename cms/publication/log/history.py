"""All rows of one content, and what they say about its texts, languages and classification."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from cms.core.enums import Significance
from cms.core.languages import LANGUAGES
from cms.publication.enums import Kind, TranslationState
from cms.publication.log.drafts import Classification
from cms.publication.log.renditions import Rendition, cut_renditions, find_rendition
from cms.publication.log.timeline import Entry, Span, build_spans, find_span, list_entries
from cms.publication.models.log import Release, ReleaseRendition

LANGUAGE_ORDER = {code: rank for rank, code in enumerate(LANGUAGES)}


@dataclass
class ContentHistory:
    """The rows of one content in log order; rows about to be appended are added to it before they are stored.

    ``renditions`` holds, by the position of a text, how it reads from later days on, in order of time.
    """

    content_id: UUID
    rows: list[Release] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    renditions: dict[int, list[Rendition]] = field(default_factory=dict)
    _spans: dict[tuple[int, str], list[Span]] = field(default_factory=dict)

    @property
    def locales(self) -> list[str]:
        """The languages that ever had a row, in the site's order."""
        return sorted({row.locale for row in self.rows}, key=lambda code: LANGUAGE_ORDER.get(code, 99))

    @property
    def source_locale(self) -> str:
        """The language the content was written in, as its newest text says; one released again may be older."""
        return next(row.source_locale for row in reversed(self.rows) if row.is_text)

    def list_rows(self, locale: str) -> list[Release]:
        """List the rows of one language."""
        return [row for row in self.rows if row.locale == locale]

    def list_delivered(self, locale: str) -> list[Entry]:
        """List what still counts of one language, texts and their repeated releases alike."""
        return list_entries(self.list_rows(locale))

    def build_delivered_spans(self, locale: str) -> list[Span]:
        """Build the days on which each delivered version applies: the window projection."""
        return build_spans(self.list_delivered(locale))

    def build_text_spans(self, locale: str) -> list[Span]:
        """Build the days on which each text applies, whatever versions deliver it."""
        key = (len(self.rows), locale)
        if key not in self._spans:
            self._spans[key] = build_spans(self.list_texts(locale))
        return self._spans[key]

    def list_texts(self, locale: str) -> list[Entry]:
        """List the texts of one language that still count."""
        return list_entries(row for row in self.list_rows(locale) if row.kind == Kind.WITHDRAWN or row.is_text)

    def find_version(self, version: str) -> Release | None:
        """Find the released row with this version."""
        return next((row for row in self.rows if row.kind == Kind.RELEASED and row.version == version), None)

    def find_text(self, row: Release) -> Release | None:
        """Find the row whose text ``row`` delivers."""
        return next((candidate for candidate in self.rows if candidate.position == row.text_position), None)

    def find_rendition(self, text: Release, day: date) -> Rendition | None:
        """Find the rendition in which a text reads on a day; ``None`` where it reads as its own row does."""
        return find_rendition(self.renditions.get(text.position, ()), day)

    def list_renditions(self, text: Release, day: date) -> list[Rendition]:
        """List how a text reads from a day on."""
        own = Rendition(min(text.applies_from or date.min, day), text.text_hash)
        return cut_renditions([own, *self.renditions.get(text.position, ())], day)

    def get_first_released_at(self, locale: str, otherwise: datetime) -> datetime:
        """Return when this language was first released, else the moment given."""
        moments = [row.released_at for row in self.list_rows(locale) if row.kind == Kind.RELEASED]
        return min(moments, default=otherwise)

    def get_path(self, locale: str) -> str:
        """Return the portal path of one language: where its page now stands, else where it last stood."""
        if locale in self.paths:
            return self.paths[locale]
        return next((row.path for row in reversed(self.list_rows(locale)) if row.path), "")

    def get_classification(self, locale: str) -> Classification:
        """Return the content's classification: what was last said of its source, else of this language.

        A text that was taken back since still counts: cancelling a plan must not make a hidden content public again.
        """
        for code in (self.source_locale, locale):
            if text := next((row for row in reversed(self.list_rows(code)) if row.is_text), None):
                return _read_classification(text)
        return _read_classification(self.list_rows(locale)[-1])

    def derive_state(self, row: Release, day: date) -> str:
        """Derive how a text of one language stands towards its source on a day.

        A translation is outdated when a substantive text lies between the one it translates and the one that applies, in the
        order in which texts come to apply; in either direction, since telling tomorrow's law today is as wrong.
        """
        if row.locale == self.source_locale:
            return TranslationState.SOURCE
        if self.list_missed_texts(row, day):
            return TranslationState.OUTDATED
        return TranslationState.MACHINE if row.is_machine else TranslationState.CURRENT

    def list_missed_texts(self, row: Release, day: date) -> list[Release]:
        """List the substantive texts of the source that lie between the one a translation translates and the one of a day.

        A text that was published by mistake and undone does not count: what stood before it stands again.
        """
        translated = self.find_version(row.source_version) if row.source_version else None
        translated = self.find_text(translated) if translated else None
        applying = find_span(self.build_text_spans(self.source_locale), day)
        if translated is None or applying is None or translated.position == applying.row.position:
            return []
        earlier, later = sorted([_rank(translated), _rank(applying.row)])
        undone = {row.undoes for row in self.list_rows(self.source_locale) if row.undoes}
        between = (entry.row for entry in self.list_texts(self.source_locale) if earlier < _rank(entry.row) <= later)
        return [
            text for text in between if text.significance == Significance.SUBSTANTIVE and text.position not in undone
        ]


def load_histories(content_ids: Iterable[UUID]) -> dict[UUID, ContentHistory]:
    """Load the histories of some contents in two queries; an item without rows has an empty one."""
    histories = {content_id: ContentHistory(content_id) for content_id in content_ids}
    for row in Release.objects.filter(content_id__in=list(histories)).order_by("position"):
        histories[row.content_id].rows.append(row)
    renditions = ReleaseRendition.objects.filter(release__content_id__in=list(histories)).order_by(
        "release_id", "starts"
    )
    for content_id, position, starts, text_hash in renditions.values_list(
        "release__content_id", "release_id", "starts", "text_hash"
    ):
        histories[content_id].renditions.setdefault(position, []).append(Rendition(starts, text_hash))
    return histories


def _rank(row: Release) -> tuple[date, int]:
    return (row.applies_from or date.min, row.position)


def _read_classification(row: Release) -> Classification:
    terms = row.terms
    return Classification(
        row.visibility,
        row.consortium,
        terms.get("topic", ()),
        terms.get("audience", ()),
        terms.get("focus_area", ()),
        terms.get("municipality", ()),
    )
