"""Models of legal effects: commencements, relations to other texts, amendments."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from legal.enums import RelationKind
from legal.models.acts import Expression, Work


class Commencement(models.Model):
    """A day on which a text, or a part of it, takes effect; ``date`` ``None``: it is not fixed yet.

    ``provisions`` lists sections as cited ("9 a"); ``None`` means the whole text.
    """

    expression = models.ForeignKey(Expression, on_delete=models.CASCADE, related_name="commencements")
    date = models.DateField(_("date"), null=True, blank=True)
    provisions = models.JSONField(_("sections"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("commencement")
        verbose_name_plural = _("commencements")
        ordering: ClassVar = ["date", "pk"]

    def __str__(self) -> str:
        return f"{self.expression}: {self.date or '–'}"


class Relation(models.Model):
    """A statement of one text about another. The other may not be known here: then only ``target`` names it.

    ``target`` is an ELI URI, an accession number, or the name as printed.
    """

    expression = models.ForeignKey(Expression, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("kind"), max_length=12, choices=RelationKind)
    target = models.CharField(_("target"), max_length=400)
    text = models.TextField(_("as printed"), blank=True)
    work = models.ForeignKey(Work, null=True, blank=True, on_delete=models.SET_NULL, related_name="incoming")
    related = models.ForeignKey(Expression, null=True, blank=True, on_delete=models.SET_NULL, related_name="incoming")

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["expression", "kind", "target"], name="legal_relation_unique")
        ]
        indexes: ClassVar = [models.Index(fields=["target"], name="legal_relation_target")]

    def __str__(self) -> str:
        return f"{self.expression} {self.kind} {self.target}"


class Amendment(models.Model):
    """An amending text's change of one act: the place in the amending text, and the sections of the act it names.

    ``consolidated_in`` is the first consolidation that holds it; ``None``: it has to be read beside the newest text.
    """

    expression = models.ForeignKey(Expression, on_delete=models.CASCADE, related_name="amendments")
    work = models.ForeignKey(Work, null=True, blank=True, on_delete=models.SET_NULL, related_name="amendments")
    named = models.CharField(_("act as named"), max_length=400)
    place = models.CharField(_("section of the amending act"), max_length=20, blank=True)
    provisions = models.JSONField(_("sections amended"), default=list, blank=True)
    consolidated_in = models.ForeignKey(
        Expression, null=True, blank=True, on_delete=models.SET_NULL, related_name="consolidated"
    )

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["expression", "named", "place"], name="legal_amendment_unique")
        ]

    def __str__(self) -> str:
        return f"{self.expression} → {self.named}"
