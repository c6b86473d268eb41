"""Settings of the test suite; the servers it talks to are real and come from the environment."""

import atexit
import shutil
import tempfile
from pathlib import Path

from cms.settings.base import *  # noqa: F403
from cms.settings.base import SQLITE_OPTIONS
from cms.settings.environment import env

SECRET_KEY = "for-the-test-suite-alone-" + "x" * 40
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATA_DIR = Path(tempfile.mkdtemp(prefix="videnbro-test-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES = {"default": env.db("TEST_DATABASE_URL", default="sqlite://")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as a site has it: of a database in memory all threads of a live server share one connection, and SQLite refuses
    # now and then what two of them ask of it at once. What a power cut would take need not be kept.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    settled = SQLITE_OPTIONS["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS | {"init_command": settled}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PUBLIC_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
SEARCH_ELASTICSEARCH_URLS = []
