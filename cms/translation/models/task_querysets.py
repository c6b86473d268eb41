"""Questions asked of the tasks of translation."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from cms.publication.models import Window
from cms.translation.enums import WorkState

# States that readers are told of too: on the first day of a planned text they are told another one, and nobody stored a step.
TURNING_STATES = (WorkState.CURRENT, WorkState.OUTDATED, WorkState.MACHINE)


class TaskQuerySet(models.QuerySet[Any]):
    """Tasks of translation."""

    def on_day(self, day: date) -> "TaskQuerySet":
        """Annotate ``state_on_day``: what each translation is on a day, from the last step on.

        Nothing runs at midnight. Where a planned text of the source or of the translation has begun since the last step, the
        windows of the log are asked; those are few, so the question costs little more than the rows themselves.
        """
        has_turned = Q(state__in=TURNING_STATES) & (Q(outdated_from__lte=day) | Q(current_from__lte=day))
        applying = Window.objects.applying(day).filter(content_id=OuterRef("content_id"), locale=OuterRef("locale"))
        told = Coalesce(Subquery(applying.values("state")[:1]), F("state"), output_field=CharField())
        annotated: TaskQuerySet = self.annotate(
            state_on_day=Case(When(has_turned, then=told), default=F("state"), output_field=CharField())
        )
        return annotated
