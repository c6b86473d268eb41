"""Numbers as readers of a language write them."""

from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format


def format_amount(value: Decimal | str) -> str:
    """Write an amount in the active language: ``552.000`` in Danish, ``552,000`` in English; cents only where there are any.

    A text that is no number is written as it stands.
    """
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return str(value)
    is_whole = amount == amount.to_integral_value()
    return number_format(amount, decimal_pos=0 if is_whole else 2, use_l10n=True, force_grouping=True)
