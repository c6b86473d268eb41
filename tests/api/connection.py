"""Asking the WSGI application itself inside a test's transaction, as Django's own test client does."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.signals import request_finished, request_started
from django.db import close_old_connections


@contextmanager
def keep_connection() -> Iterator[None]:
    """Keep the connection that holds the test's transaction from being closed at the end of a request."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
