"""Raised and lowered characters, for text that knows no formatting."""

SUPERSCRIPTS = dict(
    zip("0123456789+-=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)
)
SUBSCRIPTS = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
# Marks of notes that stand raised by themselves, and what parts them.
MARKS = frozenset("*†‡§, ")


def build_raised(text: str, *, is_superscript: bool) -> str | None:
    """Write a text in raised or lowered characters; ``None`` where one of its characters has no such form."""
    forms = SUPERSCRIPTS if is_superscript else SUBSCRIPTS
    if any(character not in forms and character not in MARKS for character in text):
        return None
    return "".join(forms.get(character, character) for character in text)
