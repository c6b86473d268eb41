"""A real Elasticsearch for a development machine or for tests, without a container engine.

The package stands on the standard library alone, so that it works before Django is set up::

    engine = start_engine(Path(".data"))
    engine.url  # "http://127.0.0.1:41873"
    stop_engine(Path(".data"))

Security is switched off, and the nodes listen on the loopback interface only: this is no way to run Elasticsearch in production.
"""

from search.engine.cluster import find_engine, list_node_states, start_engine, stop_engine
from search.engine.errors import EngineError
from search.engine.record import Engine, Node
from search.engine.report import ConsoleReport, Report, SilentReport

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
