"""Numbers as readers of a language write them."""

from decimal import Decimal, InvalidOperation

from babel.numbers import format_decimal

from cms.core.languages import get_written_locale


def format_amount(value: Decimal | str) -> str:
    """Write an amount in the active language: ``552.000`` in Danish, ``552,000`` in English; cents only where there are any.

    A text that is no number is written as it stands.
    """
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return str(value)
    locale = get_written_locale()
    # CLDR's pattern, as in "#,##0.###": what stands before the decimal mark.
    grouping = locale.decimal_formats[None].pattern.partition(".")[0]
    pattern = grouping if amount == amount.to_integral_value() else f"{grouping}.00"
    # European digits, in Arabic too, as on Danish authorities' pages.
    return format_decimal(amount, pattern, locale, numbering_system="latn")
