"""Reads a day for the field in which it is being typed, so that its form and its answer come from one place."""

from collections.abc import Callable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from cms.core.calendar import COPENHAGEN
from cms.core.written_days import read_day, read_moment, write_day_in_words

READERS: dict[str, Callable[[str], date]] = {"day": read_day, "moment": read_moment}
# Nobody writes a longer one.
MOST_CHARACTERS = 80


def read_written_day(request: HttpRequest) -> JsonResponse:
    """Answer ``{"words": …}``, or ``{"error": …}`` in the words the form itself would refuse it with."""
    text = request.GET.get("text", "")[:MOST_CHARACTERS]
    try:
        read = READERS.get(request.GET.get("kind", ""), read_day)(text)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)})
    if not isinstance(read, datetime):
        return JsonResponse({"words": write_day_in_words(read)})
    moment = read.astimezone(COPENHAGEN)
    words = _("%(day)s at %(time)s") % {"day": write_day_in_words(moment.date()), "time": f"{moment:%H.%M}"}
    return JsonResponse({"words": words})
