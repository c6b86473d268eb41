"""Panels of the start page: a heading and a short list of links, shown where there is something in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from wagtail.admin.ui.components import Component

from cms.core.languages import LANGUAGES

ROWS_SHOWN = 8


@dataclass(frozen=True)
class DeskRow:
    """One line of a panel; ``remark`` says what is to be done or what happened, ``day`` when.

    ``title_locale`` is the language of the title, where that is not ``locale``; "" where it is not known.
    """

    title: str
    url: str
    locale: str = ""
    remark: str = ""
    day: str = ""
    is_urgent: bool = False
    title_locale: str | None = None

    @property
    def language(self) -> str:
        """The language by its own name."""
        return LANGUAGES[self.locale].endonym if self.locale in LANGUAGES else self.locale

    @property
    def title_language(self) -> str:
        """The language the title is read in."""
        return self.locale if self.title_locale is None else self.title_locale


@dataclass(frozen=True)
class DeskList:
    """Lines of a panel, at most ``ROWS_SHOWN``, how many there are in all, and where all of them are listed."""

    rows: Sequence[DeskRow]
    total: int
    url: str = ""


class DeskPanel(Component):
    """A panel that lists what concerns one person; without lines it is not shown."""

    template_name = "core/admin/desk_panel.html"
    name: str
    heading: str | Promise
    icon = "list-ul"
    # The words of the link to all of them, where there is such a list.
    more_label: str | Promise = ""

    def build_list(self, user: Any) -> DeskList:
        """Build the lines for a person, in a number of queries that does not grow with them."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        listed = self.build_list((parent_context or {})["request"].user)
        return {"panel": self, "listed": listed}


@dataclass(frozen=True)
class Shortcut:
    """A link that opens the form of a new page."""

    label: str
    url: str


class ShortcutPanel(Component):
    """Links to write something new."""

    name = "shortcuts"
    template_name = "core/admin/shortcuts.html"
    order = 10

    def __init__(self, shortcuts: Sequence[Shortcut]) -> None:
        self.shortcuts = shortcuts

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"shortcuts": self.shortcuts}
