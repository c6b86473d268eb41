"""No CPR numbers anywhere: text shaped ``dddddd-dddd`` is refused in content, whatever hyphen or invisible is in it."""

import re

from django.utils.translation import gettext as _

from cms.core.unicode_text import strip_invisible

# U+2010 and U+2011 are hyphens that look the same.
# Example: "født ‹010203-1234›, bor"
# No match: "LBK 1010203-12345"
CPR_SHAPE = re.compile(r"(?<![\d‐‑-])\d{6}[‐‑-]\d{4}(?![\d‐‑-])")


def find_cpr_number(text: str) -> str | None:
    """Find the first text that has the shape of a CPR number."""
    match = CPR_SHAPE.search(strip_invisible(text or ""))
    return match.group(0) if match else None


def describe_cpr_number(text: str) -> str | None:
    """Say, for whoever wrote the text, that it holds what looks like a CPR number; ``None`` where it does not."""
    found = find_cpr_number(text)
    if found is None:
        return None
    return _("%(found)s looks like a CPR number; personal data do not belong here.") % {"found": found}
