"""The formats of interchange files, told apart by the end of the file's name."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from cms.core.languages import LANGUAGES
from cms.translation.interchange.po_files import read_po, write_po
from cms.translation.interchange.texts import LARGEST_FILE, TOO_LARGE, FileRefusedError, TranslationFile
from cms.translation.interchange.xliff_files import read_xliff, write_xliff

XLIFF_SUFFIXES = (".xlf", ".xliff")
PO_SUFFIXES = (".po",)


def write_file(name: str, file: TranslationFile) -> bytes:
    """Write a file by the end of its name: XLIFF or PO."""
    return write_xliff(file) if PurePath(name).suffix.lower() in XLIFF_SUFFIXES else write_po(file)


def read_file(name: str, content: bytes) -> TranslationFile:
    """Read a file by the end of its name: XLIFF or PO.

    Raises:
        FileRefusedError: if it is too large, of another kind, cannot be read, or is for no language of the site.
    """
    if len(content) > LARGEST_FILE:
        raise FileRefusedError(TOO_LARGE % {"limit": LARGEST_FILE // 1024 // 1024})
    suffix = PurePath(name).suffix.lower()
    if suffix not in (*XLIFF_SUFFIXES, *PO_SUFFIXES):
        raise FileRefusedError(_("“%(name)s” ends neither in .xlf nor in .po.") % {"name": name})
    file = read_xliff(content) if suffix in XLIFF_SUFFIXES else read_po(content)
    if not file.locale:
        raise FileRefusedError(_("The file does not say for which language it is."))
    if file.locale not in LANGUAGES:
        raise FileRefusedError(_("“%(language)s” is no language of this site.") % {"language": file.locale})
    return file
