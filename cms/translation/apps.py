"""App configuration of translation."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """Tells publication what wagtail-localize knows."""

    name = "cms.translation"
    label = "translation"
    verbose_name = "Translation"

    def ready(self) -> None:
        from cms.core.page_locks import lock_finders
        from cms.publication.registry import TimedJob, register_job, register_planned_source, registry
        from cms.translation.bundles.going_live import release_due_bundles
        from cms.translation.bundles.locks import find_bundle_lock, find_bundle_obstacle
        from cms.translation.bundles.planned_bundles import BUNDLES
        from cms.translation.bundles.rendered_sources import find_source_obstacle
        from cms.translation.lifecycle import find_source_moment, is_machine_translated
        from cms.translation.localize_labels import label_localize_pages
        from cms.translation.passages import find_missing_passages
        from cms.translation.save_guards import guard_saving, guard_updating

        registry.source_moment = find_source_moment
        registry.machine_check = is_machine_translated
        registry.obstacle_finders.append(find_missing_passages)
        registry.obstacle_finders += [find_bundle_obstacle, find_source_obstacle]
        lock_finders.append(find_bundle_lock)
        register_job(TimedJob("release-bundles", release_due_bundles, every_seconds=15))
        register_planned_source(BUNDLES)
        guard_saving()
        guard_updating()
        label_localize_pages()
