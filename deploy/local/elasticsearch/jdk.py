"""Find a Java Development Kit that Elasticsearch 9 starts with.

Elasticsearch needs the modules ``jdk.jlink`` and ``jdk.jdi``, which a runtime (JRE) does not carry, and Java 21 or later.
"""

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.elasticsearch.account import Account, is_reachable
from deploy.local.elasticsearch.errors import JdkMissingError

MINIMUM_VERSION = 21
SYSTEM_FOLDERS = (Path("/usr/lib/jvm"), Path("/opt/java"), Path("/Library/Java/JavaVirtualMachines"))


@dataclass(frozen=True)
class Jdk:
    """A usable JDK; ``version`` is the feature release (21, 25)."""

    home: Path
    version: int

    @property
    def java(self) -> Path:
        """Return the path of the ``java`` program."""
        return self.home / "bin" / "java"


def get_jdk(
    environ: Mapping[str, str] = os.environ,
    system_folders: Sequence[Path] = SYSTEM_FOLDERS,
    account: Account | None = None,
) -> Jdk:
    """Return the JDK named by ES_JAVA_HOME or JAVA_HOME, else the oldest sufficient one of the system.

    Raises:
        JdkMissingError: if none fits; names everything that was looked at and why it does not do.
    """
    refusals: list[str] = []
    named = [(name, Path(environ[name])) for name in ("ES_JAVA_HOME", "JAVA_HOME") if environ.get(name)]
    for name, home in named:
        found = _inspect(home, account)
        if isinstance(found, Jdk):
            return found
        refusals.append(f"{name}={home}: {found}")
    suitable: list[Jdk] = []
    for home in _list_system_homes(environ, system_folders):
        found = _inspect(home, account)
        if isinstance(found, Jdk):
            suitable.append(found)
        else:
            refusals.append(f"{home}: {found}")
    if suitable:
        return min(suitable, key=lambda jdk: jdk.version)
    raise JdkMissingError(_describe(refusals))


def _list_system_homes(environ: Mapping[str, str], system_folders: Sequence[Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    homes = [home for folder in system_folders if folder.is_dir() for home in sorted(folder.iterdir())]
    compiler = shutil.which("javac", path=environ.get("PATH", ""))
    if compiler:
        homes.append(Path(compiler).resolve().parents[1])
    for home in homes:
        bundled = home / "Contents" / "Home"
        resolved = (bundled if bundled.is_dir() else home).resolve()
        if resolved not in seen and (resolved / "bin" / "java").exists():
            seen.add(resolved)
            yield resolved


def _inspect(home: Path, account: Account | None) -> Jdk | str:
    """Return the JDK, or the reason why this folder is none."""
    if not (home / "bin" / "java").exists():
        return "no bin/java in it"
    version = _read_version(home)
    if version is None:
        return "no file 'release' that names its version"
    if version < MINIMUM_VERSION:
        return f"Java {version} is too old"
    if not (home / "bin" / "jlink").exists():
        return f"Java {version}, but a runtime (JRE) and not a full JDK: no bin/jlink"
    if not is_reachable(home / "bin", account):
        return f"Java {version}, but closed to the unprivileged user that runs Elasticsearch"
    return Jdk(home.resolve(), version)


def _read_version(home: Path) -> int | None:
    """Read the feature release from the JDK's ``release`` file (``JAVA_VERSION="25.0.3"``)."""
    try:
        text = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    match = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', text, re.MULTILINE)
    return int(match[1]) if match else None


def _describe(refusals: Sequence[str]) -> str:
    looked_at = "".join(f"\n    {refusal}" for refusal in refusals) or "\n    nothing that looks like Java"
    return (
        f"Elasticsearch needs a full JDK {MINIMUM_VERSION} or later, and none was found. Looked at:{looked_at}\n"
        f"  Install one: Debian 13 or Ubuntu: apt-get install openjdk-21-jdk-headless; Debian 12 has only Java 17: "
        f"take Temurin 21 or 25 from adoptium.net; macOS: brew install openjdk@21.\n"
        f"  A JDK in another place is found through ES_JAVA_HOME or JAVA_HOME."
    )
