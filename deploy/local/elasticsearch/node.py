"""One Elasticsearch node: its configuration folder, and the process that runs it."""

import hashlib
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.elasticsearch.account import Account, give
from deploy.local.elasticsearch.jdk import Jdk
from deploy.local.elasticsearch.process import adopt

CLUSTER_NAME = "videnbro"
HUNSPELL_SOURCE = Path("/usr/share/hunspell")
HUNSPELL_DICTIONARIES = ("pl_PL", "uk_UA")

Setting = str | int | bool | list[str]


@dataclass(frozen=True)
class NodePlan:
    """A node that is about to be started."""

    name: str
    folder: Path
    http_port: int
    transport_port: int

    @property
    def configuration(self) -> Path:
        """Return the folder given to the node as its configuration."""
        return self.folder / "config"

    @property
    def mark(self) -> str:
        """Return the argument that only this node's processes have."""
        return build_mark(self.folder)

    @property
    def console_log(self) -> Path:
        """Return the file with everything the node prints."""
        return self.folder / "console.log"


def build_mark(folder: Path) -> str:
    """Return the argument by which a process of the node in ``folder`` is known.

    It holds a digest and not the path, because Elasticsearch splits the options it is given at blanks.
    """
    return f"-Dvidenbro.node={hashlib.sha256(bytes(folder)).hexdigest()[:16]}"


def find_free_ports(count: int, preferred: Sequence[int] = ()) -> list[int]:
    """Return free loopback ports, the preferred ones where they are free."""
    held: list[socket.socket] = []
    try:
        for number in range(count):
            wish = preferred[number] if number < len(preferred) else 0
            held.append(_bind(wish) or socket.create_server(("127.0.0.1", 0)))
        return [holder.getsockname()[1] for holder in held]
    finally:
        for holder in held:
            holder.close()


def is_port_free(port: int) -> bool:
    """Tell whether the loopback port can be listened on."""
    holder = _bind(port)
    if holder:
        holder.close()
    return holder is not None


def build_settings(
    plan: NodePlan, plans: Sequence[NodePlan], *, snapshots: Path, has_disk_watermarks: bool
) -> dict[str, Setting]:
    """Build the content of ``elasticsearch.yml``."""
    settings: dict[str, Setting] = {
        "cluster.name": CLUSTER_NAME,
        "node.name": plan.name,
        "network.host": "127.0.0.1",
        "http.port": plan.http_port,
        "transport.port": plan.transport_port,
        "path.data": str(plan.folder / "data"),
        "path.logs": str(plan.folder / "logs"),
        "path.repo": str(snapshots),
        "xpack.security.enabled": False,
        "action.destructive_requires_name": True,
        "cluster.routing.allocation.disk.threshold_enabled": has_disk_watermarks,
        # A dictionary costs heap and seconds: load it when an index first asks for it.
        "indices.analysis.hunspell.dictionary.lazy": True,
    }
    if len(plans) == 1:
        return settings | {"discovery.type": "single-node"}
    return settings | {
        "discovery.seed_hosts": [f"127.0.0.1:{other.transport_port}" for other in plans],
        "cluster.initial_master_nodes": [other.name for other in plans],
    }


def prepare_node(
    plan: NodePlan,
    settings: Mapping[str, Setting],
    distribution: Path,
    account: Account | None,
    hunspell_source: Path = HUNSPELL_SOURCE,
) -> None:
    """Write the node's configuration folder anew and make the folders it writes to; only those belong to the account."""
    shutil.rmtree(plan.configuration, ignore_errors=True)
    shutil.copytree(distribution / "config", plan.configuration)
    lines = [f"{name}: {json.dumps(value)}\n" for name, value in settings.items()]
    (plan.configuration / "elasticsearch.yml").write_text("".join(lines), encoding="utf-8")
    for name in HUNSPELL_DICTIONARIES:
        parts = [hunspell_source / f"{name}.{ending}" for ending in ("aff", "dic")]
        if all(part.is_file() for part in parts):
            target = plan.configuration / "hunspell" / name
            target.mkdir(parents=True)
            for part in parts:
                shutil.copyfile(part, target / part.name)
    for name in ("config", "data", "logs", "tmp"):
        (plan.folder / name).mkdir(parents=True, exist_ok=True)
        give(plan.folder / name, account)


def launch_node(
    plan: NodePlan,
    distribution: Path,
    jdk: Jdk,
    heap_megabytes: int,
    account: Account | None,
    *,
    is_detached: bool = True,
) -> subprocess.Popen[bytes]:
    """Start the node, detached in a session of its own; the process returned is the launcher, parent of the server.

    The archive has no ``bin/elasticsearch``; these are the arguments that script would give.
    """
    libraries = ":".join(f"{distribution}/lib/{part}*" for part in ("", "cli-launcher/", "tools/server-launcher/"))
    command = [
        str(jdk.java),
        *("-Xms4m", "-Xmx64m", "-XX:+UseSerialGC"),
        "-Dcli.name=server",
        f"-Dcli.script={distribution}/bin/elasticsearch",
        "-Dcli.libs=lib/tools/server-cli",
        f"-Des.path.home={distribution}",
        f"-Des.path.conf={plan.configuration}",
        plan.mark,
        "-Des.distribution.type=zip",
        "-Des.java.type=JAVA_HOME",
        *("-cp", libraries),
        "org.elasticsearch.server.launcher.ServerLauncher",
    ]
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(plan.folder / "tmp"),
        "LANG": "C.UTF-8",
        "JAVA": str(jdk.java),
        "ES_JAVA_HOME": str(jdk.home),
        "ES_HOME": str(distribution),
        "ES_PATH_CONF": str(plan.configuration),
        "ES_DISTRIBUTION_TYPE": "zip",
        "ES_TMPDIR": str(plan.folder / "tmp"),
        "ES_JAVA_OPTS": f"-Xms{heap_megabytes}m -Xmx{heap_megabytes}m {plan.mark}",
    }
    with plan.console_log.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=distribution,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=is_detached,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    adopt(process)
    return process


def _bind(port: int) -> socket.socket | None:
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        holder.bind(("127.0.0.1", port))
    except OSError:
        holder.close()
        return None
    return holder
