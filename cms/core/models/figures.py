"""Dated figures: pay limits, fees and other amounts that the law changes on a day, written once and shown by reference."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.urls import reverse
from django.utils.dateformat import format as format_day
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

from cms.core.calendar import today
from cms.core.figure_forms import FigureForm
from cms.core.languages import LANGUAGES, fallback_chain
from cms.core.numbers import format_amount
from cms.core.signals import figure_changed


class Figure(ClusterableModel):
    """An amount with a name, and the days from which each value of it is valid. Saving it is publishing it."""

    slug = models.SlugField(
        _("slug"), max_length=60, unique=True, help_text=_("The same in every language; never changes.")
    )
    eli_uri = models.URLField(_("ELI URI"), max_length=300, blank=True, help_text=_("The act that sets the amount."))
    section = models.CharField(_("section"), max_length=20, blank=True, help_text=_("As written: 9 a"))

    base_form_class = FigureForm

    panels: ClassVar[list[Panel]] = [
        FieldPanel("slug"),
        InlinePanel("names", heading=_("Names"), label=_("Name"), min_num=1),
        InlinePanel("amounts", heading=_("Amounts"), label=_("Amount"), min_num=1),
        MultiFieldPanel([FieldRowPanel([FieldPanel("eli_uri"), FieldPanel("section")])], heading=_("Source")),
    ]

    class Meta:
        verbose_name = _("dated figure")
        verbose_name_plural = _("dated figures")
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        name = self.find_name("da")
        return name.label if name else self.slug

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with names and amounts, and tell of it inside the transaction: the texts that show it are released with it."""
        with transaction.atomic():
            _free_keys(self.names.all(), "language")
            _free_keys(self.amounts.all(), "valid_from")
            super().save(*args, **kwargs)
            figure_changed.send(sender=type(self), instance=self)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete, unless something shows the figure: then nothing has happened, in the transaction around it either."""
        with transaction.atomic():
            return super().delete(*args, **kwargs)

    @property
    def usage_url(self) -> str:
        """Get the address of the editor's list of what shows this figure."""
        return reverse(self.snippet_viewset.get_url_name("usage"), args=[self.pk])

    def find_name(self, language_code: str) -> "FigureName | None":
        """Find the name in the best language of the chain."""
        names = {name.language: name for name in self.names.all()}
        return next((names[code] for code in fallback_chain(language_code) if code in names), None)

    def list_amounts(self) -> list["FigureAmount"]:
        """List the amounts in order of time."""
        return sorted(self.amounts.all(), key=lambda amount: amount.valid_from)

    def find_amount(self, day: date) -> "FigureAmount | None":
        """Find the amount that is valid on a day; ``None`` before the first."""
        return next((amount for amount in reversed(self.list_amounts()) if amount.valid_from <= day), None)

    def find_next_amount(self, day: date) -> "FigureAmount | None":
        """Find the first amount that becomes valid after a day."""
        return next((amount for amount in self.list_amounts() if amount.valid_from > day), None)

    def describe_amount_today(self) -> str:
        """Describe what is valid today, for the editor's list."""
        return self._describe(self.find_amount(today()))

    def describe_next_amount(self) -> str:
        """Describe what comes next, for the editor's list."""
        return self._describe(self.find_next_amount(today()))

    def _describe(self, amount: "FigureAmount | None") -> str:
        name = self.find_name("da")
        if amount is None:
            return "–"
        return gettext("%(amount)s %(unit)s from %(day)s") % {
            "amount": format_amount(amount.amount),
            "unit": name.unit if name else "",
            "day": format_day(amount.valid_from, "d.m.Y"),
        }


def _free_keys(children: Iterable[models.Model], key: str) -> None:
    """Take away stored rows that get another key, so that two of them may change places; saving writes them again."""
    rows = {child.pk: getattr(child, key) for child in children if child.pk}
    if rows:
        stored = type(next(iter(children)))._default_manager.filter(pk__in=list(rows))
        moved = [pk for pk, value in stored.values_list("pk", key) if value != rows[pk]]
        stored.filter(pk__in=moved).delete()


class FigureName(models.Model):
    """Name and unit of a figure in one language."""

    figure = ParentalKey(Figure, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(
        _("language"),
        max_length=12,
        choices=[(language.code, language.endonym) for language in LANGUAGES.values()],
        default="da",
    )
    label = models.CharField(_("what it is"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40, blank=True, help_text=_("For example kr. pr. år"))

    panels: ClassVar[list[Panel]] = [FieldRowPanel([FieldPanel("language"), FieldPanel("label"), FieldPanel("unit")])]

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        constraints: ClassVar = [models.UniqueConstraint(fields=["figure", "language"], name="figure_name_unique")]

    def __str__(self) -> str:
        return f"{self.label} ({self.language})"


class FigureAmount(models.Model):
    """One value of a figure and its first day; it is valid until the next one begins."""

    figure = ParentalKey(Figure, on_delete=models.CASCADE, related_name="amounts")
    valid_from = models.DateField(_("valid from"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("For editors: where the amount was announced.")
    )

    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("amount"), FieldPanel("note")])
    ]

    class Meta:
        verbose_name = _("amount")
        verbose_name_plural = _("amounts")
        constraints: ClassVar = [models.UniqueConstraint(fields=["figure", "valid_from"], name="figure_amount_unique")]

    def __str__(self) -> str:
        return f"{self.amount} from {self.valid_from}"
