"""Editor panel of a rich text field with its readability index."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from wagtail.admin.panels import FieldPanel

from cms.core.readability import Readability, ReadabilityLevel, measure_html
from cms.core.sentences import LEADING, MONTH_WORDS, TRAILING

RULES = json.dumps({"leading": LEADING, "trailing": TRAILING, "months": MONTH_WORDS})


class ReadabilityPanel(FieldPanel):
    """A rich text field with its readability index below it, counted again while it is written."""

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "legal/admin/readability.html"

        class Media:
            js = ("legal/readability.js", "legal/readability-meter.js")

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            sentence = gettext("LIX %(lix)s, %(level)s: %(words)s in %(sentences)s, %(long_words)s")
            counts = list_count_words()
            found = measure_html(self.value_from_instance or "")
            return context | {
                "readability": found,
                "readability_text": _describe(found, sentence, counts) if found else "",
                "readability_sentence": sentence,
                "readability_counts": json.dumps(counts),
                "readability_rules": RULES,
                "readability_levels": json.dumps({level.value: str(level.label) for level in ReadabilityLevel}),
            }


def list_count_words() -> dict[str, list[str]]:
    """List how one and how several are counted, by name; Danish and English know these two forms alone."""
    return {
        "words": [gettext("%(count)s word"), gettext("%(count)s words")],
        "sentences": [gettext("%(count)s sentence"), gettext("%(count)s sentences")],
        "long_words": [gettext("%(count)s long word"), gettext("%(count)s long words")],
    }


def _describe(found: Readability, sentence: str, counts: Mapping[str, Sequence[str]]) -> str:
    numbers = {"words": found.words, "sentences": found.sentences, "long_words": found.long_words}
    counted = {name: counts[name][number != 1] % {"count": number} for name, number in numbers.items()}
    return sentence % {"lix": found.lix, "level": found.level.label, **counted}
