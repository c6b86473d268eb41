"""Settings for one machine: what ``make run`` starts."""

import secrets

from cms.settings.base import *  # noqa: F403
from cms.settings.base import PUBLIC_URL
from cms.settings.environment import DATA_DIR, env
from cms.settings.hosts import build_allowed_hosts
from cms.settings.mail import build_mail_settings

# Without a stored key each process signs for itself alone; ``make run`` stores one in ``DATA_DIR/env``.
SECRET_KEY = env.str("SECRET_KEY", default="") or secrets.token_urlsafe(50)
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=build_allowed_hosts(env.str("HOST", default=""), PUBLIC_URL))

# Workflows and new passwords are told by mail. Without a server for it, each message becomes a file here.
globals().update(build_mail_settings(DATA_DIR / "mail"))
