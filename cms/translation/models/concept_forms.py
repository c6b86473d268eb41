"""Form of a concept, which judges its terms as a whole."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.core.languages import LANGUAGES
from cms.translation.models.concept_rules import TermEntry, list_rule_breaks


class ConceptForm(WagtailAdminModelForm):
    """Judges terms and definitions as a whole; what is wrong with one of them stands at its own field."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        slug = str(cleaned.get("slug", ""))
        entries = [TermEntry(slug, row["locale"], row["term"], row["kind"]) for row in self._list_rows("terms")]
        for broken in list_rule_breaks(entries):
            self.add_error(None, broken.message)
        locales = [row["locale"] for row in self._list_rows("definitions")]
        for code in sorted({code for code in locales if locales.count(code) > 1}):
            self.add_error(
                None, _("There are two definitions in %(language)s.") % {"language": LANGUAGES[code].endonym}
            )
        return cleaned

    def _list_rows(self, name: str) -> list[dict[str, Any]]:
        """List what the good rows of a child form set say, the deleted ones left out."""
        rows = [form for form in self.formsets[name].forms if form.is_valid() and form.cleaned_data]
        return [form.cleaned_data for form in rows if not form.cleaned_data.get("DELETE")]
