"""One Elasticsearch node for the whole test run."""

from pathlib import Path

from deploy.local.elasticsearch import start_engine

HEAP_MEGABYTES = 768


def build_data_dir(folder: Path) -> Path:
    """Return the data directory of the engine inside the servers' folder."""
    return folder / "elasticsearch"


def start_elasticsearch(folder: Path) -> str:
    """Start the node and return its address."""
    return start_engine(build_data_dir(folder), heap_megabytes=HEAP_MEGABYTES).url
