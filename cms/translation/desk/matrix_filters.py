"""Filters of the matrix: a form whose answers stand in the address."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from cms.core.models import Consortium
from cms.translation.desk.matrix import list_shown_locales, list_types
from cms.translation.enums import WorkState
from cms.translation.models import TranslationTask
from cms.translation.models.task_querysets import TaskQuerySet

MINE, TEAM, NOBODY = "mine", "team", "nobody"


def list_translators() -> QuerySet[Any]:
    """List the people who are in a team or have been asked for a translation."""
    people: QuerySet[Any] = get_user_model()._default_manager.filter(
        Q(language_teams__isnull=False) | Q(translation_tasks__isnull=False), is_active=True
    )
    return people.distinct().order_by("username")


class MatrixFilterForm(forms.Form):
    """What the matrix shows. An answer that is not one of the choices counts as none."""

    locale = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    type = forms.ChoiceField(label=_("Type"), required=False)
    owner = forms.ChoiceField(label=_("Translator"), required=False)
    consortium = forms.ChoiceField(label=_("Consortium"), required=False)
    overdue = forms.BooleanField(label=_("Overdue"), required=False)
    q = forms.CharField(label=_("Words of the title"), required=False, max_length=200)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        every = ("", _("All"))
        self._set_choices("locale", [every, *((code, language.endonym) for code, language in LANGUAGES.items())])
        self._set_choices("state", [every, *WorkState.choices])
        self._set_choices("type", [every, *((name, gettext(known.label)) for name, known in list_types().items())])
        people = [(str(person.pk), person.get_full_name() or person.get_username()) for person in list_translators()]
        own = [(MINE, _("Mine")), (TEAM, _("My teams’, taken by nobody")), (NOBODY, _("Nobody"))]
        self._set_choices("owner", [every, *own, *people])
        self._set_choices("consortium", [every, *Consortium.objects.order_by("name").values_list("slug", "name")])

    def read(self, name: str) -> Any:
        """Read one answer; "" or ``False`` where there is none that counts."""
        return self.cleaned_data.get(name, "")

    def build_tasks(self) -> TaskQuerySet:
        """Build the tasks of which a text has to have one to be shown."""
        tasks: TaskQuerySet = TranslationTask.objects.on_day(today()).filter(
            locale__in=list_shown_locales(self.read("locale"))
        )
        if state := self.read("state"):
            tasks = tasks.filter(state_on_day=state)
        owner = self.read("owner")
        if owner == MINE:
            tasks = tasks.filter(owner=self.user)
        elif owner == TEAM:
            tasks = tasks.filter(owner__isnull=True, locale__in=self.user.language_teams.values("locale"))
        elif owner == NOBODY:
            tasks = tasks.filter(owner__isnull=True)
        elif owner:
            tasks = tasks.filter(owner_id=int(owner))
        if self.read("overdue"):
            tasks = tasks.filter(due__lt=today()).exclude(state_on_day=WorkState.CURRENT)
        return tasks

    def filter_words(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        """Keep the texts whose title has the words; SQLite compares capitals of ASCII alone, so both are tried."""
        for word in self.read("q").split():
            forms_of_word = {word, word.lower(), word.capitalize(), word.upper()}
            condition = Q()
            for form in forms_of_word:
                condition |= Q(draft_title__icontains=form) | Q(title__icontains=form)
            pages = pages.filter(condition)
        return pages

    def _set_choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
