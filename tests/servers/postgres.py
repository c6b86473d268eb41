"""A PostgreSQL server for the test run: a cluster of its own in a temporary folder, on a free loopback port."""

import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deploy.local.elasticsearch.account import Account, find_unprivileged_account, give
from deploy.local.elasticsearch.node import find_free_ports
from tests.servers.packages import install_package
from tests.servers.shared import ServerError

USER = "videnbro"
START_TIMEOUT_SECONDS = 60
DEBIAN_FOLDER = Path("/usr/lib/postgresql")


def start_postgres(folder: Path) -> str:
    """Create and start the server; return the URL of its database ``postgres``, whose user may do everything."""
    programs = get_programs()
    account = find_unprivileged_account()
    home = folder / "postgres"
    home.mkdir()
    give(home, account)
    data, log = home / "data", folder / "postgres.log"
    _run(
        [programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", *_list_order(programs)],
        home,
        account,
    )
    (port,) = find_free_ports(1)
    # Nothing outlives the test run, so nothing needs to reach the disk.
    options = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", "", *settings],
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **_build_identity(account),
        )
    _wait(process, port, log)
    return f"postgresql://{USER}@127.0.0.1:{port}/postgres"


def _list_order(programs: Path) -> list[str]:
    """List the options that make the databases sort as English does, which is what an operator's may do.

    So whatever relies on the order of code points fails here. PostgreSQL before 15 has no such order without the system's help.
    """
    told = subprocess.run([programs / "initdb", "--help"], capture_output=True, text=True, check=True)
    english = ["--locale-provider=icu", "--icu-locale=en-US"] if "--icu-locale" in told.stdout else []
    return ["--locale=C.UTF-8", *english]


def stop_postgres(folder: Path) -> None:
    """Stop the server of this folder if one was started; open connections are cut."""
    home = folder / "postgres"
    if (home / "data" / "postmaster.pid").exists():
        command = [str(get_programs() / "pg_ctl"), "-D", str(home / "data"), "-m", "immediate", "-w", "stop"]
        _run(command, home, find_unprivileged_account())


def get_programs() -> Path:
    """Return the folder with PostgreSQL's programs, installing them if we may."""
    folder = _find_programs()
    if folder is None:
        install_package("postgresql", "The PostgreSQL server")
        folder = _find_programs()
    if folder is None:
        raise ServerError("The package postgresql is installed, and still there is no initdb.")
    return folder


def _find_programs() -> Path | None:
    """Return the folder with initdb and postgres: the search path's, else the newest one of Debian's."""
    initdb = shutil.which("initdb")
    if initdb:
        return Path(initdb).resolve().parent
    versions = sorted(DEBIAN_FOLDER.glob("*/bin/initdb"), key=lambda path: float(path.parents[1].name))
    return versions[-1].parent if versions else None


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if "ready to accept connections" in log.read_text(encoding="utf-8", errors="replace"):
            with socket.create_connection(("127.0.0.1", port), timeout=5):
                return
        time.sleep(0.05)
    if process.poll() is None:
        process.kill()
    raise ServerError(f"PostgreSQL did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-1000:]}")


def _run(command: Sequence[str | Path], folder: Path, account: Account | None) -> None:
    finished = subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        **_build_identity(account),
    )
    if finished.returncode:
        raise ServerError(f"{command[0]} failed:\n{finished.stderr.strip()[-1000:]}")


def _build_identity(account: Account | None) -> dict[str, Any]:
    """Build the arguments that make a child another user's: PostgreSQL refuses root."""
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
