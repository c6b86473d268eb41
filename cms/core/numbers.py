"""Numbers as readers of a language write them."""

from decimal import Decimal, InvalidOperation

from django.utils.numberformat import format as format_number
from django.utils.translation import get_language

# Decimal mark and what stands between thousands. Source: CLDR 47, numbers in the languages' default regions; Arabic as on Danish
# authorities' pages, with European digits.
DANISH = (",", ".")
MARKS = {
    "da": DANISH,
    "en": (".", ","),
    "de": (",", "."),
    "pl": (",", "\N{NO-BREAK SPACE}"),
    "ro": (",", "."),
    "lt": (",", "\N{NO-BREAK SPACE}"),
    "uk": (",", "\N{NO-BREAK SPACE}"),
    "ar": (".", ","),
}


def format_amount(value: Decimal | str) -> str:
    """Write an amount in the active language: ``552.000`` in Danish, ``552,000`` in English; cents only where there are any.

    A text that is no number is written as it stands.
    """
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return str(value)
    decimal_mark, between = MARKS.get(get_language() or "", DANISH)
    places = 0 if amount == amount.to_integral_value() else 2
    written: str = format_number(amount, decimal_mark, places, grouping=3, thousand_sep=between, force_grouping=True)
    return written
