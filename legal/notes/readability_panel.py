"""Editor panel of a rich text field with its readability index."""

import json
from typing import Any

from django.utils.translation import gettext
from wagtail.admin.panels import FieldPanel

from legal.language.sentences import LEADING, MONTH_WORDS, TRAILING
from legal.provisions.readability import Readability, ReadabilityLevel, measure_html

RULES = json.dumps({"leading": LEADING, "trailing": TRAILING, "months": MONTH_WORDS})


class ReadabilityPanel(FieldPanel):
    """A rich text field with its readability index below it, counted again while it is written."""

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "legal/admin/readability.html"

        class Media:
            js = ("legal/readability.js", "legal/readability-meter.js")

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            sentence = gettext(
                "LIX %(lix)s, %(level)s: %(words)s words in %(sentences)s sentences, %(long_words)s long words"
            )
            found = measure_html(self.value_from_instance or "")
            return context | {
                "readability": found,
                "readability_text": _describe(found, sentence) if found else "",
                "readability_sentence": sentence,
                "readability_rules": RULES,
                "readability_levels": json.dumps({level.value: str(level.label) for level in ReadabilityLevel}),
            }


def _describe(found: Readability, sentence: str) -> str:
    return sentence % {
        "lix": found.lix,
        "level": found.level.label,
        "words": found.words,
        "sentences": found.sentences,
        "long_words": found.long_words,
    }
