"""Text of a passage in which facts are looked for: no tags, no invisible characters, European digits."""

from html import unescape

from cms.core.html_reader import END_OF_PASSAGE, TAG, read_gap
from cms.core.unicode_text import strip_invisible

# Arabic-Indic and Persian digits say the same as ours.
EUROPEAN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def build_plain_passage(html: str) -> str:
    """Build the text of a passage; END_OF_PASSAGE stands where a block or a line ends."""
    text = unescape(TAG.sub(lambda tag: read_gap(tag["name"]), html)).replace("\n", END_OF_PASSAGE)
    return strip_invisible(text).translate(EUROPEAN_DIGITS)


def blank_out(text: str, start: int, end: int) -> str:
    """Blank out a piece that has been read, so that nothing else reads it; every other place stays where it is."""
    return text[:start] + END_OF_PASSAGE * (end - start) + text[end:]
