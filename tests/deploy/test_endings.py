"""However a running site ends, nothing of it stays behind: no web server, no worker, no Elasticsearch."""

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.site import MAKE, PROGRAM, Site

pytestmark = pytest.mark.slow

OPEN = "Ctrl-C ends it."


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """Provide a data directory that the unprivileged user of Elasticsearch can enter, prepared by a first start."""
    with tempfile.TemporaryDirectory(prefix="videnbro-run-") as folder:
        Path(folder).chmod(0o755)
        first = Site(Path(folder) / "data")
        try:
            first.start(PROGRAM)
            first.wait_for(OPEN)
        finally:
            first.kill()
        yield first.data_dir


@pytest.fixture
def site(data_dir: Path) -> Iterator[Site]:
    running = Site(data_dir)
    yield running
    running.kill()


@pytest.fixture
def searching_site(data_dir: Path) -> Iterator[Site]:
    running = Site(data_dir, search="")
    yield running
    running.kill()


def end_by_ctrl_c(site: Site, pid: int) -> None:
    os.killpg(pid, signal.SIGINT)


def end_twice(site: Site, pid: int) -> None:
    """A process manager signals the whole group, and make passes its own signal on."""
    os.killpg(pid, signal.SIGTERM)


def end_impatiently(site: Site, pid: int) -> None:
    run = site.find_run()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        try:
            os.kill(run, number)
        except ProcessLookupError:
            return
        time.sleep(0.05)


def end_by_hangup(site: Site, pid: int) -> None:
    os.killpg(pid, signal.SIGHUP)


def kill_run(site: Site, pid: int) -> None:
    os.kill(site.find_run(), signal.SIGKILL)


def kill_group(site: Site, pid: int) -> None:
    os.killpg(pid, signal.SIGKILL)


def kill_make(site: Site, pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize(
    ("command", "end"),
    [
        (PROGRAM, end_by_ctrl_c),
        (PROGRAM, end_impatiently),
        (PROGRAM, kill_run),
        (MAKE, end_by_ctrl_c),
        (MAKE, end_twice),
        (MAKE, end_by_hangup),
        (MAKE, kill_run),
        (MAKE, kill_group),
        (MAKE, kill_make),
    ],
)
def test_nothing_stays_behind(site, command, end):
    pid = site.start(command)
    site.wait_for(OPEN)
    names = " ".join(command for _pid, command in site.list_processes())

    with site.under_load():
        end(site, pid)
        left = site.wait_until_gone()

    assert "granian" in names
    assert "manage.py worker" in names
    assert left == []


def test_closed_terminal_leaves_nothing_behind(site):
    closing = site.start_in_terminal(MAKE)
    site.wait_for(OPEN)

    closing.set()

    assert site.wait_until_gone() == []


def test_end_during_the_preparation_leaves_nothing_behind(site):
    site.start(PROGRAM)
    while not any("manage.py migrate" in command for _pid, command in site.list_processes()):
        time.sleep(0.02)

    os.kill(site.find_run(), signal.SIGKILL)

    assert site.wait_until_gone() == []


@pytest.mark.elasticsearch
@pytest.mark.parametrize("end", [end_twice, kill_run])
def test_engine_ends_with_the_site_and_started_without_a_warning(searching_site, end):
    pid = searching_site.start(MAKE)
    searching_site.wait_for("and search comes from it")
    # Whoever asks for something while all of it ends may meet an engine that is gone before the web server.
    warnings = [line for line in searching_site.read_log().splitlines() if "WARNING" in line]
    names = " ".join(command for _pid, command in searching_site.list_processes())

    with searching_site.under_load():
        end(searching_site, pid)
        left = searching_site.wait_until_gone()

    assert "org.elasticsearch" in names
    assert left == []
    assert warnings == []


@pytest.mark.elasticsearch
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_engine_that_is_still_starting_ends_with_the_site(searching_site, number):
    searching_site.start(PROGRAM)
    while not any("org.elasticsearch" in command for _pid, command in searching_site.list_processes()):
        time.sleep(0.02)

    os.kill(searching_site.find_run(), number)

    assert searching_site.wait_until_gone() == []
