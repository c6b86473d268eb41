"""Follower of the publication log that makes tasks on a site that had texts before there were any."""

from collections.abc import Sequence

from cms.publication.models import Release
from cms.publication.registry import registry
from cms.translation.states.task_rows import has_tasks, make_missing_tasks

BATCH_SIZE = 200


class TaskFollower:
    """Makes the tasks that are missing, as log and drafts say. New ones are made with what brings them about.

    Tasks and their steps are people's work: starting again from zero keeps them, and looks at every page, drafts that never came
    out among them.
    """

    name = "translation-tasks"

    def follow(self, batch: Sequence[Release]) -> None:
        """Take a batch; contents that have their tasks cost nothing more than the question."""
        make_missing_tasks({row.content_id for row in batch if has_tasks(row.type)})

    def reset(self) -> None:
        """Make the tasks of every page that has none."""
        for content_type in registry.list_page_types():
            pages = content_type.model._default_manager.filter(alias_of__isnull=True)  # type: ignore[union-attr]
            keys = list(pages.order_by("translation_key").values_list("translation_key", flat=True).distinct())
            for start in range(0, len(keys), BATCH_SIZE):
                make_missing_tasks(set(keys[start : start + BATCH_SIZE]))
