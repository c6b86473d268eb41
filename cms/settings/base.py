"""Settings shared by every way of running Videnbro; holds no secrets and no required values."""

from typing import Any

from django.utils.csp import CSP

from cms.core.languages import LANGUAGES as CONTENT_LANGUAGES
from cms.settings.environment import BASE_DIR, DATA_DIR, env
from cms.settings.machine_translators import build_machine_translator

INSTALLED_APPS = [
    "frontend.portal",
    "cms.api",
    "search",
    "knowledge",
    "legal",
    "cms.exchange",
    "cms.translation",
    "cms.media",
    "cms.publication",
    "cms.core",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    # Wagtail shows its “an hour ago”, whose Danish is found only where the app is installed.
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.middleware.AnswerMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "cms.api.middleware.ApiMiddleware",
    "cms.core.middleware.NullCharacterMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cms.publication.editor.refused_releases.ReleaseRefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

SQLITE_OPTIONS: dict[str, Any] = {
    # Take the write lock when a transaction begins: a reader that turns writer inside one would fail at once.
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-32000;PRAGMA mmap_size=268435456",
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'videnbro.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = 600
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "da"
LANGUAGES = [(language.code, language.endonym) for language in CONTENT_LANGUAGES.values()]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("da", "Dansk"), ("en", "English")]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["cms.core.formats"]
# Danish for the words of Wagtail and wagtail-localize, which ship a fifth of them; Django looks here before it looks in any app.
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Who sends files: empty, the site itself; a path, the proxy in front of it (X-Accel-Redirect); an address, a bucket.
MEDIA_OFFLOAD = env.str("MEDIA_OFFLOAD", default="")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Translating makes drafts: without this a live page's untranslated copy would be live in the same second.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# The service that translates by machine: none, "deepl" or "libretranslate"; texts with a higher LIX are not sent to it.
MACHINE_TRANSLATION = env.str("MACHINE_TRANSLATION", default="")
MACHINE_TRANSLATION_KEY = env.str("MACHINE_TRANSLATION_KEY", default="")
MACHINE_TRANSLATION_URL = env.str("MACHINE_TRANSLATION_URL", default="").rstrip("/")
MACHINE_TRANSLATION_TIMEOUT_SECONDS = env.int("MACHINE_TRANSLATION_TIMEOUT_SECONDS", default=20)
MACHINE_TRANSLATION_MAX_LIX = env.int("MACHINE_TRANSLATION_MAX_LIX", default=55)
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = build_machine_translator(
    MACHINE_TRANSLATION,
    key=MACHINE_TRANSLATION_KEY,
    url=MACHINE_TRANSLATION_URL,
    timeout_seconds=MACHINE_TRANSLATION_TIMEOUT_SECONDS,
)

WAGTAIL_SITE_NAME = "Videnbro"
WAGTAILADMIN_USER_LOGIN_FORM = "cms.core.login_form.EditorLoginForm"
# No other host learns who edits here and when.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = PUBLIC_URL
# A mail server that does not answer holds the worker up no longer.
EMAIL_TIMEOUT = 20
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        # A line for each task that begins and ends would bury what matters.
        "django.tasks": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        # The follower says itself, once, that the engine is out of reach.
        "elastic_transport": {"level": "ERROR"},
    },
}
# Editors' search stays in the database: it goes on when the search engine does not.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# What may be uploaded, with the type it is sent under; the machine's own list of types may lack some.
WAGTAILDOCS_CONTENT_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WAGTAILDOCS_EXTENSIONS = list(WAGTAILDOCS_CONTENT_TYPES)
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
# Where an address went the portal reads from the log. Wagtail's own table is never asked, and takes addresses of 255 characters.
WAGTAILREDIRECTS_AUTO_CREATE = False
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Only what no installed app relies on: each view of our API names its own parsers, renderers and permissions
# (cms.api.v1.views.base), and the views of Wagtail and wagtail-localize keep the defaults they were written for.
REST_FRAMEWORK = {
    # Nobody logs in with a password in a header; our views name the consumer key themselves.
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}

X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# Whatever says nothing else may load nothing: a file, an error, a redirect. API, portal and editor have policies of their own.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# Wagtail 8 and wagtail-localize 1.14 start their widgets by scripts within the page; nothing comes from another host.
ADMIN_CSP: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# The search engine: none configured means the database answers, which is then not a degraded state.
SEARCH_ELASTICSEARCH_URLS = env.list("ELASTICSEARCH_URL", default=[])
SEARCH_TIMEOUT_SECONDS = env.float("SEARCH_TIMEOUT_SECONDS", default=1.5)
SEARCH_INDEX_PREFIX = env.str("SEARCH_INDEX_PREFIX", default="videnbro")

# The portal shows drafts as readers will see them.
CORE_PREVIEW_RENDERER = "frontend.portal.preview.render_draft"

# The web server: threads that run Python code, and requests for changes that one process holds while there are none.
SERVE_THREADS = env.int("SERVE_THREADS", default=4)
SERVE_MOST_HELD = env.int("SERVE_MOST_HELD", default=2000)

# Cursors of the change feed are honoured this long; an older one is answered 410.
API_CURSOR_DAYS = env.int("API_CURSOR_DAYS", default=180)

# The harvest of the law's official source: politely, from these hosts alone, and daily by the worker when it is enabled.
LEGAL_HARVEST_ENABLED = env.bool("LEGAL_HARVEST_ENABLED", default=False)
LEGAL_HARVEST_HOSTS = env.list(
    "LEGAL_HARVEST_HOSTS", default=["www.retsinformation.dk", "retsinformation.dk", "api.retsinformation.dk"]
)
LEGAL_HARVEST_API_URL = env.str("LEGAL_HARVEST_API_URL", default="https://api.retsinformation.dk/v1/Documents")
LEGAL_HARVEST_SOURCE_URL = env.str("LEGAL_HARVEST_SOURCE_URL", default="https://www.retsinformation.dk").rstrip("/")
LEGAL_HARVEST_PAUSE_SECONDS = env.float("LEGAL_HARVEST_PAUSE_SECONDS", default=10.0)
