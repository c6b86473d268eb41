"""Settings for one machine: what ``make run`` starts."""

import secrets

from cms.settings.base import *  # noqa: F403
from cms.settings.environment import env

# Without a stored key each process signs for itself alone; ``make run`` stores one in ``DATA_DIR/env``.
SECRET_KEY = env.str("SECRET_KEY", default="") or secrets.token_urlsafe(50)
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
