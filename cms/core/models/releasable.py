"""The base of every page that is released to the publication log."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.models.panels import CommentPanelPlaceholder
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField

from cms.core.blocks import BodyBlock, CitationBlock
from cms.core.enums import Significance, Visibility
from cms.core.fields import CodeListField
from cms.core.forms import ReleasablePageForm
from cms.core.languages import SOURCE_LANGUAGE
from cms.core.models.organisations import Consortium
from cms.core.page_locks import find_lock
from cms.core.paths import build_portal_path
from cms.core.permissions import ReleasablePagePermissionTester
from cms.core.personal_data import describe_cpr_number
from cms.core.ready_html import render_preview
from cms.core.signals import page_became_alias, page_path_changed, page_path_changing
from cms.core.slugs import build_slug, transliterate_slug
from cms.core.stored_texts import NormalisedTexts, iterate_texts
from cms.core.tree_languages import check_language_above
from cms.core.verification import Verification


class ReleasablePage(NormalisedTexts, Page):
    """A page whose publishing writes a release to the log.

    Classification (topics, audiences, focus areas, consortium, municipalities, visibility) belongs to the content: it is read
    from the source page and holds for every translation. Texts, dates and notes belong to the page they stand on.
    """

    content_type_name: ClassVar[str]
    # Contents lie in the sections of the site, and nothing lies below them; the pages that make up the site say otherwise.
    parent_page_types: ClassVar[list[str] | None] = ["core.StandardPage"]
    subpage_types: ClassVar[list[str] | None] = []
    # The words of the start page's link to write one, empty for none, and its place among the others.
    write_label: ClassVar[str | Promise] = ""
    write_order: ClassVar[int] = 0
    # Who may see a page is its visibility, for every reader and every way out; Wagtail's own page privacy would be a second one.
    private_page_options: ClassVar[list[str]] = []
    # What ``list_source_first`` returns, where somebody has loaded it for many pages at once.
    loaded_source_first: list[Page] | None = None

    summary = models.TextField(
        _("summary"), blank=True, max_length=400, help_text=_("One or two sentences, plain text.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    citations = StreamField(
        [("citation", CitationBlock())],
        verbose_name=_("citations"),
        blank=True,
        help_text=_("The law this text rests on."),
    )
    related = StreamField(
        [("page", blocks.PageChooserBlock(label=_("Page")))], verbose_name=_("related pages"), blank=True
    )

    topics = CodeListField(_("topics"), choices_source="cms.core.models.list_topics")
    audiences = CodeListField(_("audiences"), choices_source="cms.core.models.list_audiences")
    focus_areas = CodeListField(_("focus areas"), choices_source="cms.core.models.list_focus_areas")
    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    municipalities = CodeListField(
        _("municipalities"), choices_source="cms.core.models.list_municipalities", help_text=_("None means all.")
    )
    visibility = models.CharField(_("visibility"), max_length=12, choices=Visibility, default=Visibility.PUBLIC)

    applies_from = models.DateField(
        _("applies from"),
        null=True,
        blank=True,
        help_text=_("First day this text is the answer; empty: the day it is published."),
    )
    applies_until = models.DateField(_("applies until"), null=True, blank=True, help_text=_("Last day; empty: no end."))
    significance = models.CharField(_("significance"), max_length=12, choices=Significance, default=Significance.MINOR)
    change_note = models.CharField(
        _("change note"), max_length=400, blank=True, help_text=_("What changed, for readers.")
    )

    base_form_class = ReleasablePageForm

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("summary")]
    closing_panels: ClassVar[list[Panel]] = [FieldPanel("citations"), FieldPanel("related")]
    promote_panels: ClassVar[list[Panel]] = [
        FieldPanel("slug"),
        MultiFieldPanel(
            [FieldPanel("topics"), FieldPanel("audiences"), FieldPanel("focus_areas")], heading=_("Classification")
        ),
        MultiFieldPanel(
            [FieldPanel("visibility"), FieldPanel("consortium"), FieldPanel("municipalities")],
            heading=_("Who may see it"),
        ),
    ]
    # From which day a text applies, and what has changed, is asked when it is published; Wagtail's schedule would be a second way.
    settings_panels: ClassVar[list[Panel]] = [
        FieldPanel(
            "applies_until",
            heading=_("Last day"),
            help_text=_(
                "After this day readers no longer get the text, and are told that it has ended. Empty: it has no end."
            ),
        ),
        CommentPanelPlaceholder(),
    ]
    override_translatable_fields: ClassVar = [
        TranslatableField("title"),
        # An address is no passage: it is made from the translated title.
        BaseTranslatableField("slug"),
        # Said when a page is published, of that release alone; no panel shows it.
        BaseTranslatableField("change_note"),
        SynchronizedField("topics", overridable=False),
        SynchronizedField("audiences", overridable=False),
        SynchronizedField("focus_areas", overridable=False),
        SynchronizedField("municipalities", overridable=False),
        SynchronizedField("visibility", overridable=False),
        SynchronizedField("consortium", overridable=False),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.applies_from and self.applies_until and self.applies_until < self.applies_from:
            errors["applies_until"] = _("The last day stands before the first.")
        if self.visibility == Visibility.CONSORTIUM and self.consortium_id is None:
            errors["consortium"] = _("A text for one consortium needs the consortium.")
        texts = {name: str(getattr(self, name)) for name in ("title", *self.list_text_fields())}
        for name in self.list_stream_fields():
            texts[name] = "\n".join(iterate_texts(getattr(self, name).get_prep_value()))
        for name, text in texts.items():
            if problem := describe_cpr_number(text):
                errors[name] = problem
        if errors:
            raise ValidationError(errors)

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Say whether a page of this type belongs below ``parent``; every way to make or move one asks here."""
        place = parent.specific
        is_allowed: bool = super().can_exist_under(place)
        return is_allowed and (not isinstance(place, ReleasablePage) or place.takes(cls))

    def takes(self, page_type: type[Page]) -> bool:
        """Say whether a page of a type that may lie below pages of this type may lie below this one."""
        return True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug: str = self.choose_stored_slug(self.slug)
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self.slug = self.choose_stored_slug(self.slug)
        super().minimal_clean()

    def choose_stored_slug(self, wish: str) -> str:
        """Return the slug to store: in ASCII, except the one the page already stands under."""
        if wish.isascii() or (self.pk and Page.objects.filter(pk=self.pk, slug=wish).exists()):
            return wish
        return transliterate_slug(wish, self._get_language_code())[: self._meta.get_field("slug").max_length]

    def _get_autogenerated_slug(self, base_slug: str) -> str:
        # Wagtail's own way from a title to a slug drops the letters it cannot take apart.
        slug: str = super()._get_autogenerated_slug(build_slug(self.title, self._get_language_code()) or base_slug)
        return slug

    def _get_language_code(self) -> str:
        return self.locale.language_code if self.locale_id else SOURCE_LANGUAGE

    def move(self, target: Page, pos: str | None = None, user: Any = None) -> None:
        check_language_above(self, target if pos and pos.endswith("-child") else target.get_parent())
        super().move(target, pos=pos, user=user)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and tell at once what became of the page: Wagtail's own ``page_slug_changed`` comes only after the commit."""
        with transaction.atomic():
            columns = ("url_path", "alias_of", "slug")
            stored = Page.objects.filter(pk=self.pk).values_list(*columns).first() if self.pk else None
            if stored is None or (stored[1] is not None and not self.is_alias):
                check_language_above(self, self.get_parent())
            if stored is not None and stored[2] != self.slug:
                page_path_changing.send(sender=type(self), instance=self)
            super().save(*args, **kwargs)
            if stored is None:
                return
            url_path, alias_of, _slug = stored
            if alias_of is None and self.is_alias:
                page_became_alias.send(sender=type(self), instance=self)
            if url_path != self.url_path:
                page_path_changed.send(sender=type(self), instance=self)

    @property
    def readers(self) -> Visibility:
        """Return who may see the page, in whichever language: its source decides."""
        source = next(iter(self.list_source_first()), self) if self.pk else self
        return Visibility(source.visibility)

    def list_stream_fields(self) -> list[str]:
        """List the names of this type's stream fields."""
        return [field.name for field in self._meta.get_fields() if isinstance(field, StreamField)]

    def list_text_fields(self) -> list[str]:
        """List the names of this type's fields of free text, rich or plain."""
        return [
            field.name
            for field in self._meta.local_fields
            if isinstance(field, models.CharField | models.TextField) and not field.choices
        ]

    @property
    def verified(self) -> Verification:
        """Until when somebody vouches for this text, and who; a type that knows says so."""
        return Verification()

    @property
    def is_alias(self) -> bool:
        """Say whether this is only another route to a page; an alias is no translation and is never released."""
        return self.alias_of_id is not None

    @property
    def portal_path(self) -> str:
        """The path readers find this page under, for example ``/da/guides/de-foerste-90-dage/``."""
        return build_portal_path(self)

    def permissions_for_user(self, user: Any) -> ReleasablePagePermissionTester:
        return ReleasablePagePermissionTester(user, self)

    def get_url_parts(self, request: Any = None) -> Any:
        return (None, settings.PUBLIC_URL, self.portal_path)

    def get_lock(self) -> Any:
        return find_lock(self) or super().get_lock()

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        return render_preview(self, request)

    def list_source_first(self) -> list[Page]:
        """List the pages of this content that are not aliases, in the order they were made: the first is the source."""
        if self.loaded_source_first is not None:
            return self.loaded_source_first
        pages = type(self)._default_manager.filter(translation_key=self.translation_key, alias_of__isnull=True)
        return list(pages.select_related("locale", "consortium").order_by("pk"))

    def reset_release_notes(self, day: date) -> None:
        """Forget what described the last release, so that the next one is described anew."""
        self.significance = Significance.MINOR
        self.change_note = ""
        if self.applies_from and self.applies_from <= day:
            self.applies_from = None

    def reset_past_schedule(self, now: datetime) -> None:
        """Forget the moments of a schedule that have passed: Wagtail keeps them, and then accepts no form that holds them."""
        for name in ("go_live_at", "expire_at"):
            moment: datetime | None = getattr(self, name)
            if moment and moment <= now:
                setattr(self, name, None)
