"""A real Elasticsearch for a development machine or for tests, without a container engine.

The package stands on the standard library alone, so that it works before Django is set up::

    engine = start_engine(Path(".data"))
    engine.url  # "http://127.0.0.1:41873"
    stop_engine(Path(".data"))

Security is switched off, and the nodes listen on the loopback interface only: this is no way to run Elasticsearch in production.
"""

from deploy.local.elasticsearch.cluster import find_engine, list_node_states, start_engine, stop_engine
from deploy.local.elasticsearch.errors import EngineError
from deploy.local.elasticsearch.progress_report import ConsoleReport, Report, SilentReport
from deploy.local.elasticsearch.record import Engine, Node

__all__ = [
    "ConsoleReport",
    "Engine",
    "EngineError",
    "Node",
    "Report",
    "SilentReport",
    "find_engine",
    "list_node_states",
    "start_engine",
    "stop_engine",
]
