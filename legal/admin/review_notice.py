"""Notice above the form of a page that cites law which has changed since."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from legal.admin.review_list import describe_law_and_event, list_reviews
from legal.enums import ReviewState

SHOWN = 3


def announce_reviews(request: HttpRequest, page: Any) -> None:
    """Show the page's open reviews above the form, each with its deadline."""
    if request.method != "GET":
        return
    for task in list_reviews(request.user).filter(page_id=page.pk, state=ReviewState.OPEN)[:SHOWN]:
        text = gettext("The law this text rests on has changed:")
        address = reverse("legal_review", args=[task.pk])
        messages.warning(request, format_html('{} <a href="{}">{}</a>', text, address, describe_law_and_event(task)))
