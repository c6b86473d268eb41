"""Programs the suite needs, from the machine or, as root on Debian and Ubuntu, from its packages."""

import os
import shutil
import subprocess
from pathlib import Path

from deploy.local.elasticsearch.file_lock import hold_lock
from tests.servers.shared import ServerError

LOCK = Path("/var/lock/videnbro-packages.lock")
CLUSTER_CONFIGURATION = Path("/etc/postgresql-common/createcluster.conf")


def install_package(package: str, purpose: str) -> None:
    """Install a Debian package.

    Raises:
        ServerError: if we are not root, or there is no apt-get, or it fails.
    """
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise ServerError(
            f"{purpose} was not found. Install it (Debian and Ubuntu: apt-get install {package}) and run again."
        )
    with hold_lock(LOCK):
        _run("apt-get", "update")
        if package == "postgresql":
            _forbid_system_cluster()
        _run("apt-get", "install", "-y", "--no-install-recommends", package)


def _forbid_system_cluster() -> None:
    """Keep the package from creating and starting a server of its own: the suite makes one and stops it."""
    _run("apt-get", "install", "-y", "--no-install-recommends", "postgresql-common")
    text = CLUSTER_CONFIGURATION.read_text(encoding="utf-8") if CLUSTER_CONFIGURATION.exists() else ""
    CLUSTER_CONFIGURATION.write_text(f"{text}\ncreate_main_cluster = false\n", encoding="utf-8")


def _run(*command: str) -> None:
    finished = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    if finished.returncode:
        raise ServerError(f"{' '.join(command)} failed:\n{finished.stderr.strip()[-1000:]}")
