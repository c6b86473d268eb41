"""The editor's own search and its table of what refers to what, built at once after many pages were written.

Wagtail queues a task or two for every saved page. After a load of two hundred pages the worker has a thousand of them before it,
and until it is through nobody finds a page in the editor.
"""

from datetime import datetime

from django.core.management import call_command
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

TASKS = ("modelsearch.tasks.insert_or_update_object_task", "wagtail.tasks.update_reference_index_task")


def rebuild_editor_index(since: datetime) -> None:
    """Build both anew, and drop the tasks queued since a moment that would do the same piece by piece."""
    queued = DBTaskResult.objects.filter(task_path__in=TASKS, status=TaskResultStatus.READY, enqueued_at__gte=since)
    queued.delete()
    call_command("wagtail_update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
