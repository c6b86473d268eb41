"""An item whose rows are planned without a database, from a history told in lines, and drawings of what is then delivered.

Each line is one change, settled before the next::

    on 1: da publishes A from 1
    on 1: en publishes a from 1 of A
    on 2: da publishes J from 7 until 8, substantive
    on 2: da publishes B from 2, and C from 5      (the text shows an amount that changes on the 5th)
    on 3: da reads D from 3, and E from 7          (what the text shows was changed)
    on 3: da reads D from 3, keeping the past
    on 3: da takes back J
    on 3: da takes back everything
    on 3: da moves
"""

import re
from uuid import UUID

import orjson

from cms.publication.log.drafts import LaterRendition
from cms.publication.log.history import ContentHistory
from cms.publication.log.plans import Plan
from cms.publication.log.renditions import build_renditions
from tests.factories.releases import make_draft
from tests.publication.drawings import day, draw_spans, noon

CONTENT = UUID("00000000-0000-4000-8000-000000000001")
LINE = re.compile(r"on (\d): (\w\w) (publishes|reads|takes back|moves) ?(.*)$")
# "A from 1 until 8 of a, substantive, and C from 5"
TEXT = re.compile(
    r"(?P<title>\w) from (?P<starts>\d)(?: until (?P<last>\d))?(?: of (?P<source>\w))?"
    r"(?P<substantive>, substantive)?(?P<machine>, by machine)?(?P<renditions>(?:, and \w from \d)*)(?P<keeps>, keeping the past)?$"
)
LATER_RENDITION = re.compile(r", and (\w) from (\d)")
STATES = {"source": "s", "current": "c", "outdated": "o", "machine": "m"}


class Content:
    """One content as its log tells it; ``appended`` holds how many rows each change was given."""

    def __init__(self, history=""):
        self.history = ContentHistory(CONTENT)
        self.bodies = {}
        self.renditions = {}
        self.appended = []
        for line in filter(None, map(str.strip, history.splitlines())):
            self._change(*LINE.match(line).groups())

    def _change(self, on, locale, verb, rest):
        plan = self._build_plan(int(on))
        getattr(self, f"_{verb.split()[0]}")(plan, locale, rest)
        self.appended.append(self._settle(plan))

    def settle(self, on):
        """Settle on a day on which nobody decided anything; returns how many rows that adds."""
        return self._settle(self._build_plan(on))

    def _build_plan(self, on):
        return Plan(
            history=self.history,
            now=noon(on),
            today=day(on),
            next_position=lambda: len(self.history.rows) + 1,
            next_version=lambda: f"version-{len(self.history.rows) + 1}",
            load_body=self.bodies.__getitem__,
            load_rendition=lambda *place: self.renditions[place],
        )

    def _settle(self, plan):
        plan.settle()
        self.bodies.update(plan.bodies)
        for position, since in plan.replaced_since.items():
            self.renditions = {
                place: body for place, body in self.renditions.items() if place[0] != position or place[1] < since
            }
        for rendition in plan.build_renditions():
            place = (rendition.release_id, rendition.starts)
            assert place not in self.renditions, "a text reads one way on a day"
            self.renditions[place] = rendition.document
        return len(plan.rows)

    def _publishes(self, plan, locale, rest):
        text = TEXT.match(rest).groupdict()
        source = self._find_text("da", text["source"]) if text["source"] else None
        draft = _make_draft(
            text,
            locale=locale,
            applies_until=day(int(text["last"])) if text["last"] else None,
            significance="substantive" if text["substantive"] else "minor",
            is_machine=bool(text["machine"]),
            source_version=source.version if source else "",
        )
        plan.add_text(draft, build_renditions(draft, draft.applies_from))

    def _reads(self, plan, locale, rest):
        text = TEXT.match(rest).groupdict()
        draft = _make_draft(text, locale=locale)
        newest = self.history.list_texts(locale)[-1].row
        plan.replace_renditions(newest, build_renditions(draft, draft.applies_from), keeps_past=bool(text["keeps"]))

    def _takes(self, plan, locale, rest):
        if rest == "everything":
            plan.withdraw(locale, "gone")
            return
        text = self._find_text(locale, rest)
        for entry in self.history.list_delivered(locale):
            if entry.row.text_position == text.position and not entry.is_hole:
                plan.withdraw(locale, "gone", version=entry.row.version)

    def _moves(self, plan, locale, rest):
        self.history.paths[locale] = f"/{locale}/elsewhere/"

    def _find_text(self, locale, title):
        return next(row for row in self.history.list_rows(locale) if row.is_text and row.title == title)

    def draw(self, locale):
        """Draw the texts that are delivered, by the titles that their documents have."""
        return self._draw(locale, lambda document: document["title"])

    def draw_states(self, locale):
        """Draw how the texts delivered stand towards their source: s source, c current, o outdated, m machine."""
        return self._draw(locale, lambda document: STATES[document["translation"]["state"]])

    def draw_listed_states(self, locale):
        """Draw the same as lists and the index know it: from the rows, not from the documents."""
        return draw_spans(self.history.build_delivered_spans(locale), lambda span: STATES[span.row.state])

    def draw_names(self, locale, other):
        """Draw on which days a language's document names another language, and in which state."""
        return self._draw(locale, lambda document: _read_named(document, other))

    def list_documents(self, locale):
        """List the documents delivered, in order of time."""
        return [orjson.loads(self.bodies[span.row.position]) for span in self.history.build_delivered_spans(locale)]

    def _draw(self, locale, choose):
        spans = self.history.build_delivered_spans(locale)
        return draw_spans(spans, lambda span: choose(orjson.loads(self.bodies[span.row.position])))


def _make_draft(text, **values):
    renditions = [
        LaterRendition(day(int(starts)), make_draft(title).document)
        for title, starts in LATER_RENDITION.findall(text["renditions"])
    ]
    starts = day(int(text["starts"]))
    return make_draft(text["title"], content_id=CONTENT, applies_from=starts, renditions=renditions, **values)


def _read_named(document, other):
    return next((STATES[entry["state"]] for entry in document["translations"] if entry["locale"] == other), "-")
