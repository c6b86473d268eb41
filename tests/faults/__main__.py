"""The long form of these tests: ``python -m tests.faults``. What is given in the environment or as arguments to pytest wins."""

import os
import subprocess
import sys
from pathlib import Path

LONG = {"VIDENBRO_STEPS": "2000", "VIDENBRO_CHANGES": "5000", "VIDENBRO_KILLS": "20"}


def main(arguments):
    """Run all tests of this folder in their long form; returns pytest's exit code."""
    command = [sys.executable, "-m", "pytest", str(Path(__file__).parent), "-s", "--durations=0", *arguments]
    return subprocess.call(command, env={**LONG, **os.environ})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
