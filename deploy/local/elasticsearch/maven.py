"""Run Maven, the client of the one registry that carries an Elasticsearch distribution."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

from deploy.local.elasticsearch.errors import DownloadError, MavenMissingError, NetworkError

POLL_SECONDS = 0.2
# Example: "‹Connection refused› to a"
UNREACHABLE = re.compile(
    r"UnknownHost|Unknown host|Connect(?:ion)? (?:to .* )?(?:refused|timed out|reset)|timed? ?out|"
    r"Network is unreachable|No route to host|Temporary failure in name resolution|Name or service not known|"
    r"in offline mode|failed to get connection|No plugin found for prefix",
    re.IGNORECASE,
)


def get_maven(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the Maven program of MAVEN_HOME or of the search path.

    Raises:
        MavenMissingError: if there is none.
    """
    home = environ.get("MAVEN_HOME")
    if home and (Path(home) / "bin" / "mvn").exists():
        return Path(home) / "bin" / "mvn"
    found = shutil.which("mvn", path=environ.get("PATH", ""))
    if found:
        return Path(found)
    raise MavenMissingError(
        "Elasticsearch is fetched with Maven, and no 'mvn' was found on the search path or in MAVEN_HOME.\n"
        "  Install it: Debian and Ubuntu: apt-get install maven; macOS: brew install maven."
    )


def find_local_repository(environ: Mapping[str, str] = os.environ, home: Path | None = None) -> Path:
    """Return the folder where Maven keeps what it has fetched.

    Java takes the home directory from the user database and not from HOME, so this does the same.
    """
    options = f"{environ.get('MAVEN_OPTS', '')} {environ.get('MAVEN_ARGS', '')}"
    named = re.search(r"-Dmaven\.repo\.local=(\S+)", options)
    if named:
        return Path(named[1])
    home = home or Path(pwd.getpwuid(os.getuid()).pw_dir)
    return _read_configured_repository(home / ".m2" / "settings.xml", home) or home / ".m2" / "repository"


def run_maven(
    maven: Path,
    arguments: Sequence[str],
    *,
    repository: Path,
    java_home: Path,
    folder: Path,
    environ: Mapping[str, str] = os.environ,
    on_poll: Callable[[], None] = lambda: None,
) -> None:
    """Run Maven to its end in ``folder``, calling ``on_poll`` five times a second meanwhile.

    The dependency plugin 2.8 leaves a folder ``${project.basedir}`` where it runs, so that has to be a temporary place.

    Raises:
        NetworkError: if its log shows that the registry could not be reached.
        DownloadError: if it fails for another reason; carries its first error.
    """
    command = [
        str(maven),
        "-B",
        f"-Dmaven.repo.local={repository}",
        "-Daether.connector.connectTimeout=10000",
        *arguments,
    ]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**environ, "JAVA_HOME": str(java_home)},
        )
        try:
            while process.poll() is None:
                on_poll()
                time.sleep(POLL_SECONDS)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        log.seek(0)
        if process.returncode:
            raise _build_error(log.read())


def _read_configured_repository(settings: Path, home: Path) -> Path | None:
    try:
        root = ElementTree.parse(settings).getroot()  # noqa: S314 - the person's own file
    except (OSError, ElementTree.ParseError):
        return None
    for element in root:
        if element.tag.rpartition("}")[2] == "localRepository" and element.text:
            return Path(element.text.strip().replace("${user.home}", str(home)))
    return None


def _build_error(log: str) -> DownloadError:
    errors = [line.removeprefix("[ERROR]").strip() for line in log.splitlines() if line.startswith("[ERROR]")]
    detail = (errors[0] if errors else log.strip())[:500]
    if UNREACHABLE.search(log):
        return NetworkError(
            "Elasticsearch could not be fetched: Maven Central cannot be reached. Is there a network, or a mirror in "
            f"~/.m2/settings.xml to be set? Maven says:\n    {detail}"
        )
    return DownloadError(f"Elasticsearch could not be fetched. Maven says:\n    {detail}")
