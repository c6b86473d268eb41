"""The glossary in the editor: concepts with their terms, found by language, kind and words."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.languages import LANGUAGES
from cms.translation.enums import TermKind
from cms.translation.models import Concept, Term


class ConceptFilterSet(WagtailFilterSet):
    """Concepts with a term of one language, of one kind, or both in one term."""

    locale = django_filters.ChoiceFilter(
        label=_("Language"),
        choices=[(language.code, language.endonym) for language in LANGUAGES.values()],
        method="filter_terms",
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=TermKind.choices, method="filter_terms")

    class Meta:
        model = Concept
        fields: ClassVar = ["locale", "kind"]

    def filter_terms(self, queryset: QuerySet[Concept], name: str, value: str) -> QuerySet[Concept]:
        """Keep the concepts of which one term is all that was asked for."""
        asked = {key: self.form.cleaned_data[key] for key in ("locale", "kind") if self.form.cleaned_data.get(key)}
        return queryset.filter(pk__in=Term.objects.filter(**asked).values("concept"))


class ConceptViewSet(SnippetViewSet):
    """The editor's list of the glossary."""

    model = Concept
    icon = "openquote"
    menu_label = _("Glossary")
    filterset_class = ConceptFilterSet
    list_display: ClassVar = ["__str__", "slug", Column("list_languages", label=_("Languages"))]
    search_fields: ClassVar = ["slug", "terms__term"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """List each concept once, though the search looks through all its terms."""
        return Concept.objects.prefetch_related("terms").distinct()
