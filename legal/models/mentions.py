"""Model of acts that released texts mention and that are not known here yet."""

from typing import ClassVar

from django.db import models


class UnknownAct(models.Model):
    """One thing an unknown act may be called in a text: a name (``legal.language.act_titles.build_name_key``) or an ELI URI.

    A name in running text has no marked end, so it is kept under each of its beginnings. Made from the log, rebuilt at will.
    """

    content_id = models.UUIDField()
    locale = models.CharField(max_length=12)
    key = models.CharField(max_length=400)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["content_id", "locale", "key"], name="legal_unknown_act_once")
        ]
        indexes: ClassVar = [models.Index(fields=["key"], name="legal_unknown_act_key")]

    def __str__(self) -> str:
        return f"{self.content_id} {self.locale} → {self.key}"
