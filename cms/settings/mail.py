"""Delivery of mail: by the server that EMAIL_URL names (``smtp+tls://user:password@host:587``), else as a site says."""

from pathlib import Path
from typing import Any

from cms.settings.environment import env


def build_mail_settings(folder: Path | None = None) -> dict[str, Any]:
    """Build Django's settings; without EMAIL_URL a message becomes a file in ``folder``, or goes to this machine's own server."""
    sender = {"DEFAULT_FROM_EMAIL": env.str("DEFAULT_FROM_EMAIL", default="videnbro@localhost")}
    if env.str("EMAIL_URL", default=""):
        return {**env.email_url("EMAIL_URL"), **sender}
    if folder is None:
        return sender
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(folder),
        **sender,
    }
