"""Names of vocabulary entries and organisations in a reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from cms.core.models import Audience, Consortium, FocusArea, Municipality, Topic, build_labels


@dataclass(frozen=True)
class Label:
    """A slug or code and what people read for it; ``path`` leads to its own page, ``""`` without one."""

    value: str
    text: str
    path: str = ""


class LabelBook:
    """The names of one language, each vocabulary read once and only when it is needed."""

    def __init__(self, locale: str) -> None:
        self.locale = locale

    @cached_property
    def topic(self) -> dict[str, str]:
        return build_labels(Topic, self.locale)

    @cached_property
    def audience(self) -> dict[str, str]:
        return build_labels(Audience, self.locale)

    @cached_property
    def focus_area(self) -> dict[str, str]:
        return build_labels(FocusArea, self.locale)

    @cached_property
    def consortium(self) -> dict[str, str]:
        return {consortium.slug: consortium.get_name(self.locale) for consortium in Consortium.objects.all()}

    @cached_property
    def municipality(self) -> dict[str, str]:
        return dict(Municipality.objects.values_list("code", "name"))

    def list_labels(self, facet: str, values: Iterable[str]) -> list[Label]:
        """Name values of one facet; a value without a name stands for itself."""
        names: dict[str, str] = getattr(self, facet) if values else {}
        return [Label(value, names.get(value, value)) for value in values]
