"""App configuration of translation."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """Tells publication what wagtail-localize knows."""

    name = "cms.translation"
    label = "translation"
    verbose_name = "Translation"

    def ready(self) -> None:
        from cms.publication.registry import registry
        from cms.translation.interchange.localize_files import replace_localize_files
        from cms.translation.lifecycle import find_source_moment, is_machine_translated
        from cms.translation.localize_labels import label_localize_pages
        from cms.translation.machine import settings_checks  # noqa: F401 - checks register themselves
        from cms.translation.machine.localize_views import replace_machine_translation
        from cms.translation.machine.release_guard import find_unread_machine_passages
        from cms.translation.passages import find_missing_passages
        from cms.translation.save_guards import guard_saving, guard_updating

        registry.source_moment = find_source_moment
        registry.machine_check = is_machine_translated
        registry.obstacle_finders.append(find_missing_passages)
        registry.obstacle_finders.append(find_unread_machine_passages)
        replace_machine_translation()
        replace_localize_files()
        guard_saving()
        guard_updating()
        label_localize_pages()
