"""wrk, which makes the load of the benchmarks."""

import shutil

from tests.servers.packages import install_package
from tests.servers.shared import ServerError


def get_wrk() -> str:
    """Return the path of the program, installing it if we may.

    Raises:
        ServerError: if it cannot be had.
    """
    path = shutil.which("wrk")
    if path is None:
        install_package("wrk", "wrk, which makes the load,")
        path = shutil.which("wrk")
    if path is None:
        raise ServerError("The package wrk is installed, and still there is no wrk on the search path.")
    return path
