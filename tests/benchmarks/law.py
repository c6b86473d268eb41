"""``make bench-law``: import, reads at a date, diff and reviews at the size of the whole of Danish law.

``BENCH_ACTS`` names files of acts (``docs/operations.md`` says where to get them), separated by a colon; without, acts are made
up. ``BENCH_ACT_COUNT``, ``BENCH_PROVISIONS`` and ``BENCH_CITING`` make a run shorter.
"""

import http.client
import json
import os
import random
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

from deploy.local.elasticsearch.node import find_free_ports
from tests.benchmarks.acts import write_acts

ROOT = Path(__file__).resolve().parents[2]
ACTS = int(os.environ.get("BENCH_ACT_COUNT", "62000"))
PROVISIONS = int(os.environ.get("BENCH_PROVISIONS", "620000"))
CITING = int(os.environ.get("BENCH_CITING", "5000"))
READS = int(os.environ.get("BENCH_READS", "2000"))


def main() -> int:
    """Set up a site of its own, measure, take it down."""
    folder = Path(tempfile.mkdtemp(prefix="videnbro-bench-law-"))
    port = find_free_ports(1)[0]
    base_url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATA_DIR": str(folder / "data"),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "PUBLIC_URL": base_url,
    }
    environment.pop("ELASTICSEARCH_URL", None)
    try:
        _run(["migrate", "--verbosity", "0"], environment)
        acts, provisions = write_acts(folder / "acts.ndjson", ACTS, PROVISIONS)
        begun = time.perf_counter()
        _run(["legal_import", str(folder / "acts.ndjson")], environment)
        seconds = time.perf_counter() - begun
        _tell(f"import: {acts} acts, {provisions} sections in {seconds:.1f} s: {provisions / seconds:.0f} sections/s")
        _run_part("tests.benchmarks.law_reviews", [str(CITING)], environment)
        asked = _run_part("tests.benchmarks.law_addresses", [str(READS)], environment)
        _measure_reads(base_url, port, json.loads(asked), environment)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _measure_reads(base_url: str, port: int, asked: dict[str, list[str]], environment: dict[str, str]) -> None:
    _run(["collectstatic", "--noinput", "--verbosity", "0"], environment)
    serving = [sys.executable, "manage.py", "serve", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(serving, cwd=ROOT, env=environment)
    try:
        _wait_for(base_url)
        connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=60)
        for kind, addresses in asked.items():
            random.Random(1).shuffle(addresses)
            times = [_time_read(connection, address) for address in addresses]
            ordered = sorted(times[len(times) // 20 :])
            p99 = ordered[int(len(ordered) * 0.99)]
            _tell(f"{kind}: {len(ordered)} reads, p50 {statistics.median(ordered):.1f} ms, p99 {p99:.1f} ms")
    finally:
        server.terminate()
        server.wait(timeout=20)


def _time_read(connection: http.client.HTTPConnection, address: str) -> float:
    begun = time.perf_counter()
    connection.request("GET", quote(address, safe="/?&=%"))
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise SystemExit(f"{address} was answered {response.status}; nothing was measured.")
    return (time.perf_counter() - begun) * 1000


def _run(arguments: list[str], environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)


def _run_part(module: str, arguments: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def _wait_for(base_url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=2)
        try:
            connection.request("GET", "/livez")
            connection.getresponse().read()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
