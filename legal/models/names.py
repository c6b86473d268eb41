"""Model of the names acts are called by; citations look acts up by it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from legal.enums import NameKind
from legal.models.acts import Work


class WorkName(models.Model):
    """One name of a work. Several works may share a ``key`` (``act_titles.build_name_key``)."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(_("kind"), max_length=12, choices=NameKind)
    name = models.TextField(_("name"))
    key = models.CharField(max_length=400)

    class Meta:
        verbose_name = _("name of an act")
        verbose_name_plural = _("names of acts")
        constraints: ClassVar = [models.UniqueConstraint(fields=["work", "key"], name="legal_work_name_unique")]
        indexes: ClassVar = [models.Index(fields=["key"], name="legal_work_name_key")]

    def __str__(self) -> str:
        return self.name
