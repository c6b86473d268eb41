"""Models of acts in the terms of FRBR and ELI: a work has expressions, an expression has provisions."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from legal.enums import ActKind, Jurisdiction
from legal.language.section_numbers import build_anchor
from legal.models.querysets import ExpressionQuerySet, ProvisionQuerySet, WorkQuerySet


class Work(models.Model):
    """An act through all its consolidations, or an order, or an amending act; ``content_id`` is its id in the API.

    ``search_text`` is the title, the short title and the abbreviations in small letters without invisible characters.
    ``current`` is the newest expression. ``repealed_on`` is the first day on which nothing of the act applies any more.
    """

    content_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    title = models.TextField(_("title"))
    short_title = models.TextField(_("short title"))
    document_type = models.CharField(_("document type"), max_length=10)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=2, choices=Jurisdiction, default=Jurisdiction.DENMARK)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    abbreviations = models.JSONField(_("abbreviations"), default=list, blank=True)
    ministry = models.CharField(_("ministry"), max_length=200, blank=True)
    repealed_on = models.DateField(_("repealed on"), null=True, blank=True)
    repealed_by = models.ForeignKey(
        "Expression", verbose_name=_("repealed by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    search_text = models.TextField(default="", editable=False)
    current = models.ForeignKey("Expression", null=True, on_delete=models.SET_NULL, related_name="+", editable=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")

    def __str__(self) -> str:
        return self.short_title

    @property
    def path(self) -> str:
        """The portal path of the act."""
        return f"/da/acts/{self.slug}/"

    def build_section_path(self, section: str) -> str:
        """Build the portal path of one section, for example ``/da/acts/udlaendingeloven/9-a/``."""
        return f"{self.path}{build_anchor(section)}/"


class Expression(models.Model):
    """One official text of a work: a consolidation (LBK), an act (LOV), an order (BEK).

    ``name_key`` and ``popular_key`` are hashes of the act's names, ``founded_on`` the day the act itself says it takes
    effect; the three carry the grouping (``legal.language.work_lines``). ``is_pending`` marks what an import has written and not
    yet grouped and released, so that an import that was interrupted is completed by the next. ``ended_on`` is the first
    day on which the source no longer counts it as valid law.
    """

    work = models.ForeignKey(Work, null=True, on_delete=models.PROTECT, related_name="expressions", db_index=False)
    document_type = models.CharField(_("document type"), max_length=10)
    lexdania_type = models.CharField(_("LexDania type"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    eli_uri = models.CharField(_("ELI URI"), max_length=200, unique=True)
    accession_number = models.CharField(_("accession number"), max_length=40, blank=True)
    document_id = models.CharField(_("document id"), max_length=40, blank=True)
    title = models.TextField(_("title"))
    popular_title = models.TextField(_("popular title"), blank=True)
    ministry = models.CharField(_("ministry"), max_length=200, blank=True)
    journal_number = models.CharField(_("journal number"), max_length=200, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    signed_date = models.DateField(_("signed"))
    published_date = models.DateField(_("published"), null=True, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    applicable_from = models.DateField(
        _("applicable from"), null=True, blank=True, help_text=_("Where it differs from the day it is in force.")
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True, help_text=_("The day the source marks its end."))
    source_status = models.CharField(_("status in the source"), max_length=20, blank=True)
    source_hash = models.CharField(
        max_length=64, blank=True, help_text=_("SHA-256 of the source's bytes; empty: not fetched as a file.")
    )
    jurisdiction = models.CharField(_("jurisdiction"), max_length=2, choices=Jurisdiction, default=Jurisdiction.DENMARK)
    text_hash = models.CharField(
        max_length=64, blank=True, help_text=_("SHA-256 of the provisions; empty: no text yet.")
    )
    name_key = models.CharField(max_length=32)
    popular_key = models.CharField(max_length=32, blank=True)
    founded_on = models.DateField(null=True)
    kind = models.CharField(max_length=8, choices=ActKind)
    is_pending = models.BooleanField(default=True)
    imported_at = models.DateTimeField(default=timezone.now)
    known_since = models.DateTimeField(
        default=timezone.now, editable=False, help_text=_("When it was first stored here; never changed afterwards.")
    )
    assessed_at = models.DateTimeField(
        null=True, editable=False, help_text=_("When the texts that rest on it were looked at.")
    )

    objects = ExpressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("expression")
        verbose_name_plural = _("expressions")
        indexes: ClassVar = [
            models.Index(fields=["work", "signed_date", "number"], name="legal_expression_in_time"),
            models.Index(fields=["number", "year"], name="legal_expression_number"),
            models.Index(fields=["name_key"], name="legal_expression_name"),
            models.Index(fields=["kind"], condition=models.Q(kind=ActKind.MAIN), name="legal_expression_main"),
            models.Index(fields=["id"], condition=models.Q(is_pending=True), name="legal_expression_pending"),
            models.Index(
                fields=["work"], condition=models.Q(assessed_at__isnull=True), name="legal_expression_unassessed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_type} {self.number}/{self.year}"

    @property
    def effective_from(self) -> date:
        """The first day readers have to follow this text, as far as the source says: applicable, in force, else signed."""
        return self.applicable_from or self.in_force_from or self.signed_date

    @property
    def order(self) -> tuple[date, int, int]:
        """The place among the expressions of a work; of two signed on one day the higher number is the later."""
        return (self.signed_date, self.number, self.pk)


class Provision(models.Model):
    """One section of an expression, with its text as delivered (invisible characters included).

    ``is_transitional`` marks the clauses of amending acts printed after an act's own sections; they are never served as
    sections.
    """

    expression = models.ForeignKey(Expression, on_delete=models.CASCADE, related_name="provisions", db_index=False)
    ordinal = models.PositiveSmallIntegerField()
    chapter = models.CharField(_("chapter"), max_length=40, blank=True)
    section = models.CharField(_("section"), max_length=60, blank=True)
    label = models.CharField(_("label"), max_length=60, blank=True)
    text = models.TextField(_("text"))
    is_transitional = models.BooleanField(default=False)

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["expression", "ordinal"], name="legal_provision_place"),
        ]
        indexes: ClassVar = [models.Index(fields=["expression", "section"], name="legal_provision_section")]

    def __str__(self) -> str:
        return self.label
