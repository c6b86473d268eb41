"""Answers to questions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from cms.core.models import ReleasablePage


class ArticlePage(ReleasablePage):
    """An answer to one question: the title asks, ``answer`` answers in short, the body explains."""

    content_type_name = "article"
    page_description = _("An answer to one question that newcomers, employers or caseworkers ask.")
    write_label = _("Write an article")
    write_order = 2

    answer = models.TextField(
        _("short answer"),
        blank=True,
        max_length=400,
        help_text=_("Readers see it first, above the explanation. Plain text."),
    )

    content_panels: ClassVar[list[Panel]] = [
        *ReleasablePage.content_panels,
        FieldPanel("answer"),
        FieldPanel("body"),
        *ReleasablePage.closing_panels,
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
