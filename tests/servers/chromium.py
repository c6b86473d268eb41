"""The Chromium browser; started by the tests themselves, which as root need ``--no-sandbox``."""

import os
import shutil

from tests.servers.packages import install_package
from tests.servers.shared import ServerError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def get_chromium() -> str:
    """Return the path of CHROMIUM_PATH or of the machine's Chromium, installing it if we may."""
    named = os.environ.get("CHROMIUM_PATH")
    if named:
        return named
    path = _find_chromium()
    if path is None:
        install_package("chromium", "The Chromium browser")
        path = _find_chromium()
    if path is None:
        raise ServerError("The package chromium is installed, and still there is no chromium on the search path.")
    return path


def _find_chromium() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
