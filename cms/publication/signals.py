"""Signals of the log, in the past tense."""

from django.dispatch import Signal

# Sent inside the transaction with ``rows``: the releases just appended, in order.
log_appended = Signal()
