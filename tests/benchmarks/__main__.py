"""``make bench``: documents, conditional reads, lists and search beside Wagtail's API v2 and a plain Django view, reads also beside
500 callers who wait for changes.

Every figure is the median of interleaved rounds; the ratios are what counts. ``BENCH_ROUNDS``, ``BENCH_SECONDS`` and
``BENCH_PAGES`` make a run longer; ``BENCH_SEARCH=off`` leaves Elasticsearch out.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from deploy.local.elasticsearch import EngineError, start_engine, stop_engine
from deploy.local.elasticsearch.node import find_free_ports
from tests.servers.shared import ServerError
from tests.servers.wrk import get_wrk

ROOT = Path(__file__).resolve().parents[2]
PAGES = int(os.environ.get("BENCH_PAGES", "500"))


def main() -> int:
    """Set up a site of its own, measure, take it down."""
    try:
        get_wrk()
    except ServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    folder = Path(tempfile.mkdtemp(prefix="videnbro-bench-"))
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "DATA_DIR": str(folder / "data"),
        "SECRET_KEY": secrets.token_urlsafe(50),
    }
    children: list[subprocess.Popen[bytes]] = []
    has_engine = os.environ.get("BENCH_SEARCH") != "off"
    try:
        if has_engine:
            environment["ELASTICSEARCH_URL"] = start_engine(folder / "engine").url
        port = find_free_ports(1)[0]
        base_url = f"http://127.0.0.1:{port}"
        environment["PUBLIC_URL"] = base_url
        _run(["migrate", "--verbosity", "0"], environment)
        _run(["collectstatic", "--noinput", "--verbosity", "0"], environment)
        sys.stdout.write(f"Publishing {PAGES} pages\n")
        subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.prepare", str(folder), str(PAGES)], env=environment, check=True
        )
        if has_engine:
            _run(["search_rebuild"], environment)
            _run(["update_index", "--verbosity", "0"], environment)
        children.append(_serve(port, environment))
        _wait_for(base_url)
        measure = [sys.executable, "-m", "tests.benchmarks.measure", str(folder), base_url]
        measured = subprocess.run(measure, env=environment, check=False).returncode
        sys.stdout.write("Publishing and recalling beside planned texts and referrers of something else\n")
        referring = [sys.executable, "-m", "tests.benchmarks.references"]
        return measured or subprocess.run(referring, env=environment, check=False).returncode
    except EngineError as error:
        sys.stderr.write(f"{error}\nBENCH_SEARCH=off measures the rest.\n")
        return 1
    finally:
        for child in children:
            child.terminate()
            child.wait(timeout=20)
        if has_engine:
            stop_engine(folder / "engine")
        shutil.rmtree(folder, ignore_errors=True)


def _run(arguments: list[str], environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)


def _serve(port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    pinned = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    command = [
        *pinned,
        sys.executable,
        "manage.py",
        "serve",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--threads",
        "1",
    ]
    return subprocess.Popen(command, cwd=ROOT, env=environment)


def _wait_for(base_url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{base_url}/livez", timeout=2).read()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
