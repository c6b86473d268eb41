"""Consortia and municipalities: organisations of the field, with the days on which they are valid."""

from datetime import date
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel

from cms.core.calendar import today
from cms.core.collation import build_sort_key
from cms.core.fields import CodeListField
from cms.core.target_cache import MEMBERS, get_cached


class Municipality(models.Model):
    """A municipality, known by its four-character code (a string: the leading zero counts)."""

    code = models.CharField(
        _("code"),
        max_length=4,
        primary_key=True,
        validators=[RegexValidator(r"^\d{4}$", _("Four digits, as in 0751."))],
    )
    name = models.CharField(_("name"), max_length=80)

    panels: ClassVar[list[Panel]] = [FieldPanel("code"), FieldPanel("name")]

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self) -> str:
        return self.name


class Consortium(ClusterableModel):
    """A consortium of municipalities; its slug is what pages, keys and the API carry."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    names = models.JSONField(
        _("name in other languages"), default=dict, blank=True, help_text=_('As {"en": "…", "de": "…"}.')
    )
    focus_areas = CodeListField(_("focus areas"), choices_source="cms.core.models.list_focus_areas")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    panels: ClassVar[list[Panel]] = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("names"),
        FieldPanel("focus_areas"),
        FieldPanel("valid_from"),
        FieldPanel("valid_to"),
        InlinePanel("memberships", label=_("Municipalities")),
    ]

    class Meta:
        verbose_name = _("consortium")
        verbose_name_plural = _("consortia")
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return self.name

    def get_name(self, language_code: str) -> str:
        """Return the name in ``language_code``, else the Danish one."""
        return str(self.names.get(language_code) or self.name)

    def list_members(self, on: date | None = None) -> list[Municipality]:
        """List the municipalities that are members on a day (default today), in Danish alphabetical order."""
        return get_cached(MEMBERS, f"{self.pk} {on or today()}", lambda: self._load_members(on or today()))

    def _load_members(self, day: date) -> list[Municipality]:
        current = models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day)
        memberships = self.memberships.filter(current, valid_from__lte=day).select_related("municipality")
        return sorted((entry.municipality for entry in memberships), key=lambda place: build_sort_key(place.name))


class Membership(models.Model):
    """A municipality's membership of a consortium; ``valid_to`` is its last day."""

    consortium = ParentalKey(Consortium, on_delete=models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="memberships"
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        unique_together: ClassVar = [("consortium", "municipality", "valid_from")]

    def __str__(self) -> str:
        return f"{self.municipality} – {self.consortium}"


def list_municipalities() -> list[tuple[str, str]]:
    """List municipalities as choices in Danish alphabetical order."""
    places = Municipality.objects.values_list("code", "name")
    return sorted(places, key=lambda place: build_sort_key(place[1]))
