"""Desk and log agree: what a task says of a translation is what readers are told of it, and every change of it has a step."""

from cms.publication.models import Window
from cms.translation.models import TranslationStep, TranslationTask

TOLD = ("current", "outdated", "machine")
AT_WORK = ("in_work", "ready")


def check_today(day):
    """What the desk says on a day agrees with the windows."""
    told = {
        (window.content_id, window.locale): window.state
        for window in Window.objects.applying(day).exclude(state="source")
    }
    coming = set(Window.objects.exclude(state="source").values_list("content_id", "locale"))
    tasks = {(task.content_id, task.locale): task.state_on_day for task in TranslationTask.objects.on_day(day)}
    for key, state in tasks.items():
        if key in told:
            assert state == told[key] or state in AT_WORK, (key, day, state, told[key])
        elif state in TOLD:
            # It applies from another day on, or has ended; the language is not withdrawn.
            assert key in coming, (key, day, state)
    assert told.keys() <= tasks.keys()


def check_days(oracle, today):
    """The same holds on every coming day, without anything having run at midnight."""
    for day in oracle.list_days(today):
        if day >= today:
            check_today(day)


def check_steps():
    """A task is where its last step led, and no step begins where the one before it did not end."""
    last = {}
    for step in TranslationStep.objects.order_by("pk").select_related("task"):
        assert last.get(step.task_id, step.before) == step.before, (step.task_id, str(step))
        last[step.task_id] = step.after
    for task in TranslationTask.objects.filter(pk__in=last):
        assert task.state == last[task.pk], str(task)
