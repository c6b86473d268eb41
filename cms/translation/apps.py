"""App configuration of translation."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """Tells publication what wagtail-localize knows."""

    name = "cms.translation"
    label = "translation"
    verbose_name = "Translation"

    def ready(self) -> None:
        from cms.publication.registry import registry
        from cms.translation.editor.alignment_menu import guard_restart
        from cms.translation.editor.locks import guard_editing
        from cms.translation.extraction import guard_extraction
        from cms.translation.kept_words import guard_refreshing
        from cms.translation.lifecycle import find_source_moment, is_machine_translated
        from cms.translation.localize_labels import label_localize_pages
        from cms.translation.passages import find_missing_passages
        from cms.translation.save_guards import guard_saving, guard_updating

        registry.source_moment = find_source_moment
        registry.machine_check = is_machine_translated
        registry.obstacle_finders.append(find_missing_passages)
        guard_extraction()
        guard_editing()
        guard_restart()
        guard_refreshing()
        guard_saving()
        guard_updating()
        label_localize_pages()
