"""The long form of these tests: ``python -m tests.faults``. What is given in the environment or as arguments to pytest wins."""

import os
import subprocess
import sys
from pathlib import Path

LONG = {
    "VIDENBRO_STEPS": "2000",
    "VIDENBRO_BUNDLE_STEPS": "400",
    "VIDENBRO_CHANGES": "5000",
    "VIDENBRO_KILLS": "20",
}
TESTS = Path(__file__).parents[1]
# Histories of one domain stand beside its other tests.
HISTORIES = ("faults", "translation/test_histories.py", "translation/bundles/test_random_history.py")


def main(arguments):
    """Run the tests of this folder and the random histories in their long form; returns pytest's exit code."""
    paths = [str(TESTS / path) for path in HISTORIES]
    command = [sys.executable, "-m", "pytest", *paths, "-s", "--durations=0", *arguments]
    return subprocess.call(command, env={**LONG, **os.environ})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
