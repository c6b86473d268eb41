"""Start, find and stop the local cluster of a data directory."""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.elasticsearch.account import Account, find_unprivileged_account, give, is_reachable
from deploy.local.elasticsearch.distribution import VERSION, get_distribution
from deploy.local.elasticsearch.errors import ClusterSizeError, EngineStartError, EngineStopError, PortTakenError
from deploy.local.elasticsearch.file_lock import hold_lock
from deploy.local.elasticsearch.jdk import get_jdk
from deploy.local.elasticsearch.node import (
    NodePlan,
    build_mark,
    build_settings,
    find_free_ports,
    is_port_free,
    launch_node,
    prepare_node,
)
from deploy.local.elasticsearch.process import end_processes, is_running
from deploy.local.elasticsearch.progress_report import Report, SilentReport
from deploy.local.elasticsearch.record import FILE_NAME, Engine, Node, read_engine, write_engine

# Where root keeps engine data when the data directory lies in a folder that is closed to other users.
ROOT_HOME = Path("/var/lib/videnbro")
START_TIMEOUT_SECONDS = 240
POLL_SECONDS = 0.25


@dataclass(frozen=True)
class NodeState:
    """State of a node as seen now: is its process there, and does it answer."""

    node: Node
    is_running: bool
    is_answering: bool


def start_engine(
    data_dir: Path,
    nodes: int = 1,
    heap_megabytes: int = 512,
    *,
    port: int | None = None,
    has_disk_watermarks: bool = False,
    is_detached: bool = True,
    report: Report | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Engine:
    """Start the engine of ``data_dir`` and wait until the whole cluster answers; a running one is returned as it is.

    Disk watermarks are off, because a laptop with a well-filled disk would refuse to write. ``port`` is the first node's HTTP
    port; without it the ports of the last time are taken, or free ones. A detached engine outlives us; another one stays in our
    process group, so that whoever kills the group leaves nothing behind.

    Raises:
        EngineError: in one of its kinds, if something is missing or a node does not come up.
    """
    data_dir = data_dir.resolve()
    report = report or SilentReport()
    data_dir.mkdir(parents=True, exist_ok=True)
    with hold_lock(
        data_dir / "engine.lock", lambda: report.line("Another process is starting Elasticsearch; waiting.")
    ):
        running = find_engine(data_dir)
        if running:
            if len(running.nodes) != nodes:
                raise ClusterSizeError(
                    f"An engine of {_count(len(running.nodes))} is running for {data_dir}. Stop it first: search_engine stop."
                )
            return running
        _stop(data_dir)
        account = find_unprivileged_account()
        jdk = get_jdk(environ, account=account)
        distribution = get_distribution(jdk, report, environ)
        home = find_home(data_dir, account)
        plans = _plan_nodes(home, nodes, port, read_engine(data_dir))
        _prepare(plans, home, distribution, account, has_disk_watermarks=has_disk_watermarks)
        report.line(f"Elasticsearch {VERSION}: starting {_count(nodes)} with Java {jdk.version}")
        launchers = [
            launch_node(plan, distribution, jdk, heap_megabytes, account, is_detached=is_detached) for plan in plans
        ]
        try:
            _wait_for_cluster(plans, launchers)
            engine = Engine(data_dir, home, heap_megabytes, _describe_nodes(plans, launchers))
            write_engine(engine)
        except BaseException:
            for launcher in launchers:
                # A detached launcher leads the group of the server it has started; a server ends with its launcher.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(launcher.pid, signal.SIGKILL) if is_detached else launcher.kill()
            raise
        return engine


def find_engine(data_dir: Path) -> Engine | None:
    """Return the engine of ``data_dir`` if all of its processes are there."""
    engine = read_engine(data_dir.resolve())
    if engine and all(is_running(node.pid, build_mark(node.folder)) for node in engine.nodes):
        return engine
    return None


def stop_engine(data_dir: Path) -> bool:
    """Stop what was started for ``data_dir``; return whether anything was there to stop.

    Raises:
        EngineStopError: if a node survives.
    """
    data_dir = data_dir.resolve()
    if not data_dir.is_dir():
        return False
    with hold_lock(data_dir / "engine.lock"):
        return _stop(data_dir)


def list_node_states(data_dir: Path) -> list[NodeState]:
    """Return the state of every node that was started for ``data_dir``; nothing if none ever was."""
    engine = read_engine(data_dir.resolve())
    if engine is None:
        return []
    states = []
    for node in engine.nodes:
        is_there = is_running(node.pid, build_mark(node.folder))
        states.append(NodeState(node, is_there, is_there and _get_json(node.url, "/") is not None))
    return states


def remove_engine(data_dir: Path) -> None:
    """Stop the engine and remove everything it has stored; the index can be rebuilt from the publication log."""
    stop_engine(data_dir)
    shutil.rmtree(find_home(data_dir.resolve(), find_unprivileged_account()), ignore_errors=True)
    (data_dir / FILE_NAME).unlink(missing_ok=True)


def find_home(data_dir: Path, account: Account | None) -> Path:
    """Return the folder of the nodes: in the data directory, or outside where the unprivileged account cannot get there."""
    if is_reachable(data_dir, account):
        return data_dir / "engine"
    return ROOT_HOME / f"engine-{hashlib.sha256(bytes(data_dir)).hexdigest()[:12]}"


def _stop(data_dir: Path) -> bool:
    engine = read_engine(data_dir)
    if engine is None:
        return False
    was_running = False
    for node in engine.nodes:
        mark = build_mark(node.folder)
        was_running |= is_running(node.pid, mark)
        if not end_processes((node.launcher_pid, node.pid), mark):
            raise EngineStopError(f"{node.name} (process {node.pid}) does not end.")
    return was_running


def _plan_nodes(home: Path, count: int, port: int | None, previous: Engine | None) -> list[NodePlan]:
    present = len(list(home.glob("node-*")))
    if present and present != count:
        raise ClusterSizeError(
            f"{home} holds the data of {_count(present)}, and {_count(count)} cannot take it over. "
            f"Start {_count(present)}, or remove the folder and rebuild the index from the log (search_rebuild)."
        )
    if port is not None and not is_port_free(port):
        raise PortTakenError(f"Port {port} is taken by another program; choose another one, or none to get a free one.")
    former = previous.nodes if previous and len(previous.nodes) == count else ()
    wishes = [node.http_port for node in former] or [0] * count
    if port is not None:
        wishes[0] = port
    ports = find_free_ports(2 * count, [*wishes, *(node.transport_port for node in former)])
    return [
        NodePlan(f"node-{number + 1}", home / f"node-{number + 1}", ports[number], ports[count + number])
        for number in range(count)
    ]


def _prepare(
    plans: Sequence[NodePlan], home: Path, distribution: Path, account: Account | None, *, has_disk_watermarks: bool
) -> None:
    snapshots = home / "snapshots"
    try:
        snapshots.mkdir(parents=True, exist_ok=True)
        give(snapshots, account)
        for plan in plans:
            settings = build_settings(plan, plans, snapshots=snapshots, has_disk_watermarks=has_disk_watermarks)
            prepare_node(plan, settings, distribution, account)
    except PermissionError as error:
        raise EngineStartError(
            f"{error.filename} belongs to another user: the engine was last started by somebody else. Start it as that user, "
            f"or remove {home} and rebuild the index from the log (search_rebuild)."
        ) from error


def _wait_for_cluster(plans: Sequence[NodePlan], launchers: Sequence[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    waiting = list(zip(plans, launchers, strict=True))
    while waiting:
        for plan, launcher in waiting:
            if launcher.poll() is not None:
                raise EngineStartError(f"Elasticsearch's {plan.name} ended at once:{_read_reason(plan)}")
        waiting = [(plan, launcher) for plan, launcher in waiting if not _is_complete(plan, len(plans))]
        if waiting and time.monotonic() > deadline:
            names = ", ".join(plan.name for plan, _ in waiting)
            raise EngineStartError(
                f"Elasticsearch's {names} did not answer in {START_TIMEOUT_SECONDS} s:{_read_reason(waiting[0][0])}"
            )
        time.sleep(POLL_SECONDS)


def _is_complete(plan: NodePlan, count: int) -> bool:
    health = _get_json(f"http://127.0.0.1:{plan.http_port}", "/_cluster/health")
    return health is not None and health.get("number_of_nodes") == count and health.get("status") != "red"


def _describe_nodes(plans: Sequence[NodePlan], launchers: Sequence[subprocess.Popen[bytes]]) -> tuple[Node, ...]:
    nodes = []
    for plan, launcher in zip(plans, launchers, strict=True):
        answer = _get_json(f"http://127.0.0.1:{plan.http_port}", "/_nodes/_local/process") or {}
        (process,) = (node["process"] for node in answer["nodes"].values())
        nodes.append(Node(plan.name, process["id"], launcher.pid, plan.http_port, plan.transport_port, plan.folder))
    return tuple(nodes)


def _read_reason(plan: NodePlan) -> str:
    """Return the lines of the node's log that say what went wrong, and where the whole log is."""
    lines = plan.console_log.read_text(encoding="utf-8", errors="replace").splitlines()
    telling = [line for line in lines if "[ERROR]" in line or "Exception" in line or line.startswith("ERROR")]
    return "".join(f"\n    {line[:300]}" for line in (telling or lines)[-4:]) + f"\n  The whole log: {plan.console_log}"


def _get_json(url: str, path: str) -> dict[str, Any] | None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url + path, timeout=5) as response:
            answer = json.load(response)
    except (OSError, urllib.error.URLError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def _count(nodes: int) -> str:
    return f"{nodes} node{'' if nodes == 1 else 's'}"
