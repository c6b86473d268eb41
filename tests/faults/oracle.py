"""Oracle of what applies on a day, from the editor's acts alone: the design's rules of time and languages, and no database."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count

SUBSTANTIVE = "substantive"


@dataclass
class Text:
    """One published text. ``rendered`` is the number of the source text that a translation renders."""

    number: int
    title: str
    applies_from: date
    applies_until: date | None
    significance: str
    signature: tuple
    rendered: int | None = None
    is_hole: bool = False
    is_backdated: bool = False

    @property
    def rank(self):
        return self.applies_from, self.number


@dataclass
class Content:
    """One content in its languages; ``texts`` holds what still counts, in the order of publishing."""

    visibility: str = "public"
    consortium: str = ""
    source_locale: str = "da"
    type: str = "article"
    texts: dict[str, list[Text]] = field(default_factory=dict)
    by_number: dict[int, Text] = field(default_factory=dict)
    # Everything that was ever published of a language, in order, what was withdrawn too.
    said: dict[str, list[Text]] = field(default_factory=dict)

    def find_winner(self, locale, day):
        """Find the text that wins on a day, be it a hole or ended."""
        begun = [text for text in self.texts.get(locale, []) if text.applies_from <= day]
        return max(begun, key=lambda text: text.rank, default=None)

    def find_applying(self, locale, day):
        """Find the text that applies on a day."""
        winner = self.find_winner(locale, day)
        if winner is None or winner.is_hole or (winner.applies_until and winner.applies_until < day):
            return None
        return winner

    def find_state(self, locale, day):
        """Find how the text that applies on a day stands towards its source; ``None`` without a text."""
        text = self.find_applying(locale, day)
        if text is None:
            return None
        if locale == self.source_locale:
            return "source"
        applying = self.find_applying(self.source_locale, day)
        rendered = self.by_number.get(text.rendered)
        if applying is None or rendered is None or rendered.number == applying.number:
            return "current"
        first, last = sorted([rendered.rank, applying.rank])
        between = [other for other in self.texts[self.source_locale] if first < other.rank <= last]
        return "outdated" if any(other.significance == SUBSTANTIVE for other in between) else "current"

    def is_visible_to(self, access):
        """Say whether an access scope covers the content."""
        return access.covers(self.visibility, self.consortium)


def _renders_another(standing, rendered):
    return None not in (standing.rendered, rendered) and standing.rendered != rendered


class Oracle:
    """All contents by id."""

    def __init__(self):
        self.contents: dict[object, Content] = {}
        self.numbers = count(1)

    def publish(
        self,
        content_id,
        locale,
        *,
        title,
        applies_from,
        applies_until,
        significance,
        source_locale,
        today,
        is_new=False,
    ):
        """Publish a text and return it; one that stands already changes nothing and gives ``None``, unless it ``is_new``."""
        content = self.contents[content_id]
        # Classification is the source's to say; a translation follows it without being another text.
        own = (content.visibility, content.consortium) if locale == source_locale else ()
        signature = (title, applies_until, *own)
        content.source_locale = source_locale
        day = applies_from or today
        rendered = self._find_rendered(content, locale, title, day) if locale != source_locale else None
        if not is_new and self._stands(
            content, locale, signature, applies_from=applies_from, today=today, rendered=rendered
        ):
            return None
        text = Text(next(self.numbers), title, day, applies_until, significance, signature)
        text.is_backdated = day < today
        text.rendered = rendered
        self._add(content, locale, text)
        return text

    def confirm(self, content_id, locale, today):
        """Say that a translation is still right: the same words from today on, for the source of today."""
        content = self.contents[content_id]
        standing = content.find_applying(locale, today)
        source = content.find_applying(content.source_locale, today)
        text = replace(standing, number=next(self.numbers), applies_from=today, rendered=source.number)
        text.is_backdated = False
        self._add(content, locale, text)
        return text

    def _add(self, content, locale, text):
        content.by_number[text.number] = text
        content.texts.setdefault(locale, []).append(text)
        content.said.setdefault(locale, []).append(text)

    def _find_rendered(self, content, locale, title, day):
        """New words render what applies of the source; the same words, published again, what they rendered."""
        before = content.find_applying(locale, day) or next(reversed(content.said.get(locale, [])), None)
        if before is not None and before.title == title:
            return before.rendered
        sources = content.texts.get(content.source_locale, [])
        rendered = content.find_applying(content.source_locale, day) or (sources[-1] if sources else None)
        return rendered.number if rendered else None

    def _stands(self, content, locale, signature, *, applies_from, today, rendered):
        """A text that renders another text of the source is another text of its own."""
        standing = content.find_applying(locale, applies_from or today)
        if standing is None or standing.signature != signature or _renders_another(standing, rendered):
            return False
        return applies_from is None or standing.applies_from == applies_from

    def withdraw_text(self, content_id, locale, text, today):
        """Withdraw one text; a source's takes its translations along."""
        content = self.contents[content_id]
        self._take_away(content, locale, text, today)
        if locale == content.source_locale:
            for other in [code for code in content.texts if code != locale]:
                for translated in [entry for entry in content.texts[other] if entry.rendered == text.number]:
                    self._take_away(content, other, translated, today)

    def _take_away(self, content, locale, text, today):
        if text.is_hole:
            return
        if text.applies_from <= today:
            text.is_hole = True
        else:
            content.texts[locale] = [
                entry
                for entry in content.texts[locale]
                if entry.applies_from != text.applies_from or entry.number > text.number
            ]

    def list_days(self, today):
        """List the days on which something may turn, the days before them, and some others."""
        days = {today + timedelta(days=shift) for shift in (-30, -1, 0, 1, 30, 400)}
        for content in self.contents.values():
            for texts in content.texts.values():
                for text in texts:
                    days |= {text.applies_from, text.applies_from - timedelta(days=1)}
                    if text.applies_until:
                        days |= {text.applies_until, text.applies_until + timedelta(days=1)}
        return sorted(days)
