"""Translations brought into every state, and every event, by what brings them about on a real site."""

from datetime import timedelta
from itertools import count

from django.test import TestCase
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.core.calendar import today
from cms.exchange.sites import get_home, get_locale
from cms.publication.editor.undoing import undo_as_user
from cms.publication.models import Release
from cms.translation.enums import WorkEvent, WorkState
from cms.translation.models import TranslationStep, TranslationTask
from cms.translation.states.work import confirm_everywhere, dismiss, record, request
from tests.factories.pages import make_page, publish

LOCALE = "pl"
# Events that cannot come from a site in a state: a source that comes back finds its translations withdrawn, and work is reported
# by whoever does it.
TOLD_DIRECTLY = {(state, WorkEvent.SOURCE_BACK) for state in WorkState} - {
    (state, WorkEvent.SOURCE_BACK) for state in (WorkState.UNTRANSLATED, WorkState.IN_WORK, WorkState.WITHDRAWN)
}


class WorkCase:
    """One article and its Polish translation."""

    def __init__(self, user):
        self.user = user
        self.numbers = count(1)
        self.source = publish(make_page(title="Må jeg arbejde?", answer="Ja, fra den første dag."))
        self.key = self.source.translation_key
        get_home(LOCALE)

    @property
    def task(self):
        return TranslationTask.objects.get(content_id=self.key, locale=LOCALE)

    @property
    def page(self):
        return type(self.source).objects.filter(translation_key=self.key, locale=get_locale(LOCALE)).first()

    def list_steps(self):
        steps = TranslationStep.objects.filter(task__content_id=self.key, task__locale=LOCALE).order_by("pk")
        return [(step.event, step.before, step.after) for step in steps]

    # States

    def bring_into(self, state, *, is_released=False):
        """Bring the translation into a state; ``is_released`` one that is worked on has an outdated text out."""
        if is_released and state in (WorkState.IN_WORK, WorkState.READY):
            self.bring_into(WorkState.OUTDATED)
        getattr(self, f"bring_into_{state.value}")()
        assert self.task.state == state

    def bring_into_untranslated(self):
        pass

    def bring_into_in_work(self):
        self.edit()

    def bring_into_ready(self):
        self.complete()

    def bring_into_current(self):
        self.release()

    def bring_into_outdated(self):
        self.release()
        self.change_source("substantive")

    def bring_into_machine(self):
        self.translate_by_machine()
        with TestCase.captureOnCommitCallbacks(execute=True):
            Translation.objects.get().save_target(publish=True)

    def bring_into_withdrawn(self):
        self.release()
        self.page.unpublish()

    # What people do

    def write(self, name="Czy mogę pracować?"):
        # A number in words: one in figures that the source does not have would be refused.
        return f"{name} {'i' * next(self.numbers)}"

    def change_source(self, significance, **values):
        self.source = publish(
            self.source, summary=self.write("Om arbejde"), significance=significance, **{"applies_from": None, **values}
        )

    def get_draft(self):
        page = self.page or self.source.copy_for_translation(get_locale(LOCALE), copy_parents=True)
        return page.get_latest_revision_as_object() if page.latest_revision_id else page

    def edit(self):
        """Translate a part: the title by hand, or all passages but one."""
        translation = Translation.objects.first()
        if translation is not None:
            StringTranslation.objects.filter(translation_of__data="Ja, fra den første dag.").delete()
            translation.save_target(user=self.user, publish=False)
            return
        draft = self.get_draft()
        draft.title, draft.answer = self.write(), self.source.answer
        draft.save_revision(user=self.user)

    def complete(self):
        """Translate the rest."""
        translation = Translation.objects.first()
        if translation is not None:
            StringTranslation.objects.update(translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL)
            translation.save_target(user=self.user, publish=False)
            return
        draft = self.get_draft()
        draft.title, draft.answer = self.write(), self.write("Tak, od pierwszego dnia")
        draft.summary = self.write("O pracy")
        draft.save_revision(user=self.user)

    def release(self):
        self.complete()
        revision = self.page.get_latest_revision()
        with TestCase.captureOnCommitCallbacks(execute=True):
            revision.publish(user=self.user)

    def translate_by_machine(self):
        source, _is_new = TranslationSource.get_or_create_from_instance(self.source)
        translation = Translation.objects.create(source=source, target_locale=get_locale(LOCALE))
        for segment in source.stringsegment_set.all():
            StringTranslation.objects.create(
                translation_of=segment.string,
                context=segment.context,
                locale=translation.target_locale,
                data=self.write("Maszyna"),
                translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
            )
        translation.save_target(user=self.user, publish=False)

    def undo(self):
        if self.task.state != WorkState.OUTDATED:
            self.change_source("minor")
        newest = Release.objects.filter(content_id=self.key, locale="da", text_position__isnull=False)
        text = newest.order_by("-text_position").first().text_position
        undo_as_user(self.source, Release.objects.get(pk=text).version, self.user)

    def carry_out(self, event):
        """Let an event happen."""
        act = {
            WorkEvent.REQUESTED: lambda: request(self.key, LOCALE, user=self.user, reason="Before summer"),
            WorkEvent.SOURCE_TYPO: lambda: self.change_source("typo"),
            WorkEvent.SOURCE_MINOR: lambda: self.change_source("minor"),
            WorkEvent.SOURCE_SUBSTANTIVE: lambda: self.change_source("substantive"),
            WorkEvent.SOURCE_PLANNED: lambda: self.change_source(
                "substantive", applies_from=today() + timedelta(days=9)
            ),
            WorkEvent.SOURCE_REPUBLISHED: lambda: publish(self.source),
            WorkEvent.SOURCE_UNDONE: self.undo,
            WorkEvent.SOURCE_WITHDRAWN: self.source.unpublish,
            WorkEvent.SOURCE_BACK: lambda: (self.source.unpublish(), self.change_source("minor")),
            WorkEvent.EDITED: self.edit,
            WorkEvent.COMPLETED: self.complete,
            WorkEvent.RELEASED: self.release,
            WorkEvent.DISMISSED: lambda: dismiss(self.key, LOCALE, user=self.user, reason="Still right"),
            WorkEvent.CONFIRMED: lambda: confirm_everywhere(self.key, user=self.user, reason="Still right"),
        }.get(event, lambda: record(event, self.key, LOCALE, user=self.user))
        if event == WorkEvent.WITHDRAWN and self.page is not None and self.page.live:
            act = self.page.unpublish
        if event == WorkEvent.MACHINE_RUN and self.task.state == WorkState.UNTRANSLATED:
            act = self.translate_by_machine
        act()
