"""Teams: who translates into a language."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.core.languages import LANGUAGES

LANGUAGE_CHOICES = [(code, language.endonym) for code, language in LANGUAGES.items()]


class LanguageTeam(models.Model):
    """The people who translate into one language: what is asked of nobody in particular is asked of all of them."""

    locale = models.CharField(_("language"), max_length=12, choices=LANGUAGE_CHOICES, unique=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("members"), blank=True, related_name="language_teams"
    )
    has_mail = models.BooleanField(
        _("tell the members by mail"),
        default=True,
        help_text=_(
            "What has to be translated always stands on their start page. Whoever is asked by name gets a mail anyway."
        ),
    )

    panels: ClassVar = [FieldPanel("locale"), FieldPanel("members"), FieldPanel("has_mail")]

    class Meta:
        verbose_name = _("language team")
        verbose_name_plural = _("language teams")
        ordering: ClassVar = ["locale"]

    def __str__(self) -> str:
        return str(self.get_locale_display())
