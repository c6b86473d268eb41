"""Wait until the test run has ended, in whatever way, then stop its servers: ``python -m tests.servers.guard FOLDER``.

Its standard input is a pipe that only the test run holds open; it reads nothing from it until the pipe breaks.
"""

import shutil
import sys
from pathlib import Path

from deploy.local.elasticsearch import EngineError
from deploy.local.elasticsearch.cluster import remove_engine
from tests.servers.elasticsearch import build_data_dir
from tests.servers.postgres import stop_postgres


def main(folder: Path) -> None:
    """Wait, stop every server that was started in the folder, and remove the folder."""
    sys.stdin.buffer.read()
    try:
        remove_engine(build_data_dir(folder))
    except EngineError as error:
        sys.stderr.write(f"{error}\n")
    stop_postgres(folder)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
