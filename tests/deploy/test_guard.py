"""The guard: its command ends with whoever holds the pipe, with everything it has started."""

import subprocess
import sys
import time

import pytest

from deploy.local.children import REPOSITORY

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(600)"
# A parent that ends at once leaves its child behind.
PARENT = "import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid)"


def start_guard(*command, grace_seconds=5):
    return subprocess.Popen(
        [sys.executable, "-m", "deploy.local.guard", str(grace_seconds), sys.executable, *command],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def is_alive(pid):
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    # Where nobody reaps orphans, an ended process is still listed.
    return bool(state.strip()) and not state.startswith("Z")


@pytest.mark.parametrize("code", [0, 3])
def test_exit_code_of_the_command_is_the_guards(code):
    with start_guard("-c", f"raise SystemExit({code})") as guard:
        assert guard.wait(30) == code


def test_command_ends_when_the_pipe_breaks():
    with start_guard("-c", "print(flush=True); import time; time.sleep(600)") as guard:
        guard.stdout.readline()

        guard.stdin.close()

        assert guard.wait(30) == 128 + 15


def test_command_that_does_not_end_in_time_is_killed():
    with start_guard("-c", STUBBORN, grace_seconds=0.2) as guard:
        guard.stdout.readline()

        guard.terminate()

        assert guard.wait(30) == 128 + 9


def test_what_an_ended_command_has_left_behind_is_killed():
    with start_guard("-c", PARENT) as guard:
        left = int(guard.stdout.readline())
        guard.wait(30)
        deadline = time.monotonic() + 10
        while is_alive(left) and time.monotonic() < deadline:
            time.sleep(0.05)

        assert not is_alive(left)
