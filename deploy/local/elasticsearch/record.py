"""Record of the engine that was started for a data directory; kept there as ``engine.json``."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "engine.json"


@dataclass(frozen=True)
class Node:
    """One Elasticsearch node.

    ``pid`` is the server itself; ``launcher_pid`` its parent, which leads the process group and ends the server when it ends.
    """

    name: str
    pid: int
    launcher_pid: int
    http_port: int
    transport_port: int
    folder: Path

    @property
    def url(self) -> str:
        """Return the address of the node's HTTP interface."""
        return f"http://127.0.0.1:{self.http_port}"


@dataclass(frozen=True)
class Engine:
    """A cluster of one node or three; ``home`` holds the nodes' folders and the folder for snapshots."""

    data_dir: Path
    home: Path
    heap_megabytes: int
    nodes: tuple[Node, ...]

    @property
    def url(self) -> str:
        """Return the address of the first node."""
        return self.nodes[0].url

    @property
    def urls(self) -> tuple[str, ...]:
        """Return the addresses of all nodes."""
        return tuple(node.url for node in self.nodes)

    @property
    def pids(self) -> tuple[int, ...]:
        """Return the process ids of the servers."""
        return tuple(node.pid for node in self.nodes)


def read_engine(data_dir: Path) -> Engine | None:
    """Return the engine as it was started, running or not; ``None`` without a readable record."""
    try:
        record = json.loads((data_dir / FILE_NAME).read_text(encoding="utf-8"))
        nodes = tuple(Node(**{**node, "folder": Path(node["folder"])}) for node in record["nodes"])
        return Engine(data_dir, Path(record["home"]), record["heap_megabytes"], nodes)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_engine(engine: Engine) -> None:
    """Store the record whole or not at all."""
    record = {
        "home": str(engine.home),
        "heap_megabytes": engine.heap_megabytes,
        "urls": engine.urls,
        "nodes": [{**asdict(node), "folder": str(node.folder)} for node in engine.nodes],
    }
    path = engine.data_dir / FILE_NAME
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    os.replace(draft, path)
