"""No CPR numbers anywhere: text shaped ``dddddd-dddd`` is refused in content."""

import re

# Example: "født ‹010203-1234›, bor"
# No match: "LBK 1010203-12345"
CPR_SHAPE = re.compile(r"(?<![\d-])\d{6}-\d{4}(?![\d-])")


def find_cpr_number(text: str) -> str | None:
    """Find the first text that has the shape of a CPR number."""
    match = CPR_SHAPE.search(text or "")
    return match.group(0) if match else None
