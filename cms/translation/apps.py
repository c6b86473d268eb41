"""App configuration of translation."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """Tells publication what wagtail-localize knows, and follows what happens to texts and drafts."""

    name = "cms.translation"
    label = "translation"
    verbose_name = "Translation"

    def ready(self) -> None:
        from cms.translation.editor.alignment_menu import guard_restart
        from cms.translation.editor.localize_labels import label_localize_pages
        from cms.translation.editor.locks import guard_editing
        from cms.translation.editor.save_guards import guard_saving, guard_updating
        from cms.translation.interchange.localize_files import replace_localize_files
        from cms.translation.machine import settings_checks  # noqa: F401 - checks register themselves
        from cms.translation.machine.localize_views import replace_machine_translation
        from cms.translation.passages.extraction import guard_extraction
        from cms.translation.passages.kept_words import guard_refreshing

        self._tell_publication()
        self._register_bundles()
        self._register_notices()
        self._follow_events()
        replace_machine_translation()
        replace_localize_files()
        guard_extraction()
        guard_editing()
        guard_restart()
        guard_refreshing()
        guard_saving()
        guard_updating()
        label_localize_pages()

    def _tell_publication(self) -> None:
        from cms.publication.registry import registry
        from cms.translation.checks.translation_checks import find_blocked_passages
        from cms.translation.machine.release_guard import find_unread_machine_passages
        from cms.translation.passages.missing_passages import find_missing_passages
        from cms.translation.passages.source_readings import find_source_reading, is_machine_translated

        registry.find_source_reading = find_source_reading
        registry.machine_check = is_machine_translated
        registry.obstacle_finders += [find_missing_passages, find_blocked_passages, find_unread_machine_passages]

    def _register_bundles(self) -> None:
        from cms.core.page_locks import lock_finders
        from cms.publication.registry import TimedJob, register_job, register_planned_source, registry
        from cms.translation.bundles.going_live import release_due_bundles
        from cms.translation.bundles.locks import find_bundle_lock, find_bundle_obstacle
        from cms.translation.bundles.planned_bundles import BUNDLES
        from cms.translation.bundles.rendered_sources import find_source_obstacle

        registry.obstacle_finders += [find_bundle_obstacle, find_source_obstacle]
        lock_finders.append(find_bundle_lock)
        register_job(TimedJob("release-bundles", release_due_bundles, every_seconds=15))
        register_planned_source(BUNDLES)

    def _register_notices(self) -> None:
        from cms.publication.registry import TimedJob, register_job
        from cms.translation.desk.notice_mails import send_notices

        register_job(TimedJob("translation-notices", send_notices, every_seconds=60))

    def _follow_events(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.models import Revision, get_page_models
        from wagtail_localize.models import TranslationLog

        from cms.core.models import ReleasablePage
        from cms.publication.log.publication_log import rows_appended
        from cms.publication.registry import registry
        from cms.translation.models import PassageApproval
        from cms.translation.passages.source_readings import on_draft_made
        from cms.translation.states.draft_steps import on_approval_stored, on_page_deleted, on_revision_saved
        from cms.translation.states.log_steps import on_rows_appended
        from cms.translation.states.task_follower import TaskFollower

        registry.register_follower(TaskFollower())
        rows_appended.connect(on_rows_appended, dispatch_uid="translation.rows_appended")
        post_save.connect(on_draft_made, sender=TranslationLog, dispatch_uid="translation.draft_made")
        post_save.connect(on_revision_saved, sender=Revision, dispatch_uid="translation.revision_saved")
        post_save.connect(on_approval_stored, sender=PassageApproval, dispatch_uid="translation.approval_stored")
        for model in get_page_models():
            if issubclass(model, ReleasablePage):
                post_delete.connect(on_page_deleted, sender=model, dispatch_uid=f"translation.{model.__name__}_deleted")
