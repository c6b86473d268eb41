"""Texts of an interchange file, whatever its format: passages with their translations, and what has to hold on the way back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

FORMAT = "videnbro-1"
LARGEST_FILE = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PassageId:
    """The place of a passage in its text, and the words that stand there.

    ``path`` is wagtail-localize's content path, ``digest`` the hash it keeps of the source's words (``String.data_hash``). One path
    has several passages where a rich text has several paragraphs.
    """

    path: str
    digest: UUID


@dataclass(frozen=True, slots=True)
class FormerTranslation:
    """What a changed passage said before, and how that was translated."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage: HTML with wagtail-localize's inline tags alone, ``target`` "" where nobody has translated it.

    ``is_unsure`` is what PO calls fuzzy and XLIFF a target that still needs translation.
    """

    id: PassageId
    source: str
    target: str = ""
    is_unsure: bool = False
    notes: Sequence[str] = ()
    former: FormerTranslation | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class TranslationText:
    """One text of the file. ``version`` is the source's release that was read, or a hash of its words where it has none."""

    content_id: UUID
    source_locale: str
    version: str
    title: str
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class TranslationFile:
    """Texts for one language. ``export_id`` tells one export from another, ``exported_at`` what was changed since.

    ``strays`` holds the source words of entries that name no text: a tool or a hand added them.
    """

    locale: str
    export_id: str
    exported_at: datetime
    texts: Sequence[TranslationText] = field(default_factory=list)
    strays: Sequence[str] = ()


class FileRefusedError(Exception):
    """The whole file was refused; the message says why."""


# The digest of an entry that no export wrote; no passage has it.
NO_DIGEST = UUID(int=0)
NOT_READABLE = _("The file is no %(format)s that can be read: %(reason)s.")
NOT_OURS = _("The file does not come from an export of this site: %(missing)s is missing.")
TOO_LARGE = _("The file has more than %(limit)s MB.")
