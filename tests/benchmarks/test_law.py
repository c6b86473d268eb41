"""The short form of ``make bench-law``: it runs, on made-up acts, and tells of everything it measures."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHORT = {
    "BENCH_ACT_COUNT": "40",
    "BENCH_PROVISIONS": "300",
    "BENCH_CITING": "12",
    "BENCH_READS": "20",
    "BENCH_ACTS": "",
}
MEASURED = (
    "import: 40 acts, 300 sections",
    "12 reviews are open of 12 texts",
    "reviews of all texts that rest on it:",
    "diff of the two newest texts:",
    "act at a date:",
    "section at a date:",
)


@pytest.mark.slow
def test_benchmark_of_the_law_runs_and_tells_of_everything() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.law"],
        cwd=ROOT,
        env={**os.environ, **SHORT},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )

    assert told.returncode == 0, told.stdout
    assert [text for text in MEASURED if text not in told.stdout] == []
