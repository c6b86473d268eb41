"""Settings for a public site: every secret is required and nothing is lenient."""

from cms.settings.base import *  # noqa: F403
from cms.settings.environment import env
from cms.settings.mail import build_mail_settings

SECRET_KEY = env.str("SECRET_KEY")
DATABASES = {"default": {**env.db("DATABASE_URL"), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}}
PUBLIC_URL = env.str("PUBLIC_URL").rstrip("/")
WAGTAILADMIN_BASE_URL = PUBLIC_URL
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Browsers hold a host to it for a year; a municipality whose other hosts speak plain HTTP leaves them out.
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

globals().update(build_mail_settings())
