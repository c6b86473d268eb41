"""Under which address a local site is reached, and which one its commands put into released documents."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from cms.settings.hosts import build_allowed_hosts
from deploy.local.addresses import build_local_url, store_public_url
from deploy.local.children import REPOSITORY, CommandFailedError
from deploy.local.elasticsearch.file_lock import hold_lock
from deploy.local.elasticsearch.node import find_free_ports
from deploy.local.environment import EnvironmentFile
from deploy.local.interruption import Interruption
from deploy.local.run import LocalSite

START_TIMEOUT_SECONDS = 60


def build_environment(data_dir, **values):
    """Build the environment of a second terminal: nothing but where the data are, and ``values``."""
    dropped = ("PUBLIC_URL", "HOST", "PORT", "ALLOWED_HOSTS", "SECRET_KEY")
    inherited = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**inherited, "DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "cms.settings.dev", **values}


def read_setting(data_dir, name, **values):
    """Read a setting as a command of manage.py has it."""
    finished = subprocess.run(
        [
            sys.executable,
            "manage.py",
            "shell",
            "--no-imports",
            "-c",
            f"from django.conf import settings; print(settings.{name})",
        ],
        cwd=REPOSITORY,
        env=build_environment(data_dir, **values),
        capture_output=True,
        text=True,
        check=True,
    )
    return finished.stdout.strip()


@contextmanager
def serve(data_dir, **values):
    """Run the web server; yields how to ask it for the status of /livez: ``ask(url, host)``."""
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=REPOSITORY,
        env=build_environment(data_dir, **values),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(url, host=None):
        request = urllib.request.Request(f"{url}/livez", headers={"Host": host} if host else {})
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while True:
            try:
                with opener.open(request, timeout=10) as answer:
                    return answer.status
            except urllib.error.HTTPError as error:
                return error.code
            except OSError:
                if time.monotonic() > deadline or server.poll() is not None:
                    raise
                time.sleep(0.1)

    try:
        yield ask
    finally:
        server.terminate()
        server.wait(30)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8700"),
        ("0.0.0.0", "http://127.0.0.1:8700"),
        ("::", "http://[::1]:8700"),
        ("::1", "http://[::1]:8700"),
        ("127.0.0.2", "http://127.0.0.2:8700"),
        ("desk.example", "http://desk.example:8700"),
    ],
)
def test_server_is_reached_by_an_address_one_can_open(host, url):
    assert build_local_url(host, 8700) == url


def test_command_in_another_terminal_has_the_address_of_the_running_site(tmp_path):
    store_public_url({}, EnvironmentFile(tmp_path), "http://127.0.0.1:8700")

    assert read_setting(tmp_path, "PUBLIC_URL") == "http://127.0.0.1:8700"


@pytest.mark.parametrize(
    ("environ", "line", "expected"),
    [
        ({}, None, ("http://127.0.0.1:8701", "http://127.0.0.1:8701")),
        ({"PUBLIC_URL": "https://a.example"}, None, ("https://a.example", "https://a.example")),
        ({}, "https://b.example", ("https://b.example", "https://b.example")),
        ({"PUBLIC_URL": "https://a.example"}, "https://b.example", ("https://a.example", "https://b.example")),
    ],
)
def test_address_somebody_has_given_wins_over_the_port_and_stays_in_the_file(tmp_path, environ, line, expected):
    store_public_url({}, EnvironmentFile(tmp_path), "http://127.0.0.1:8700")
    if line:
        EnvironmentFile(tmp_path).store(PUBLIC_URL=line)

    used = store_public_url(environ, EnvironmentFile(tmp_path), "http://127.0.0.1:8701")

    assert (used, EnvironmentFile(tmp_path).find("PUBLIC_URL")) == expected


def test_address_given_for_one_run_does_not_outlive_it(tmp_path):
    store_public_url({"PUBLIC_URL": "https://a.example"}, EnvironmentFile(tmp_path), "http://127.0.0.1:8700")

    used = store_public_url({}, EnvironmentFile(tmp_path), "http://127.0.0.1:8700")

    assert (used, EnvironmentFile(tmp_path).find("PUBLIC_URL")) == ("http://127.0.0.1:8700", "http://127.0.0.1:8700")


@pytest.mark.parametrize(
    ("host", "public_url", "hosts"),
    [
        ("", "http://127.0.0.1:8000", ["127.0.0.1", "localhost", "[::1]"]),
        ("127.0.0.2", "http://127.0.0.2:8000", ["127.0.0.1", "localhost", "[::1]", "127.0.0.2"]),
        ("::1", "http://cms.example", ["127.0.0.1", "localhost", "[::1]", "cms.example"]),
        ("fd00::2", "http://[fd00::2]:8000", ["127.0.0.1", "localhost", "[::1]", "[fd00::2]"]),
        ("0.0.0.0", "http://127.0.0.1:8000", ["*"]),
        ("::", "http://[::1]:8000", ["*"]),
    ],
)
def test_development_server_answers_to_the_host_it_listens_on(host, public_url, hosts):
    assert build_allowed_hosts(host, public_url) == hosts


def test_server_on_another_address_answers(tmp_path):
    port = find_free_ports(1)[0]

    with serve(tmp_path, HOST="127.0.0.2", PORT=str(port)) as ask:
        assert ask(f"http://127.0.0.2:{port}") == 200
        assert ask(f"http://127.0.0.2:{port}", host="evil.example") == 400


def test_server_on_all_interfaces_answers_to_any_name_of_the_machine(tmp_path):
    port = find_free_ports(1)[0]

    with serve(tmp_path, HOST="0.0.0.0", PORT=str(port)) as ask:
        assert ask(f"http://127.0.0.1:{port}") == 200
        assert ask(f"http://127.0.0.3:{port}", host="desk.example") == 200


@pytest.fixture
def interruption():
    """The wish to end, as ``make run`` listens for it; pytest gets its signals back."""
    listening = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield Interruption()
    for number, handler in listening.items():
        signal.signal(number, handler)


def test_server_that_refuses_its_own_address_is_not_taken_for_open(tmp_path, monkeypatch, interruption):
    port = find_free_ports(1)[0]
    monkeypatch.setenv("HOST", "127.0.0.2")
    monkeypatch.setenv("PORT", str(port))
    run = LocalSite(interruption)

    with serve(tmp_path, HOST="127.0.0.2", PORT=str(port), ALLOWED_HOSTS="cms.example") as ask:
        assert ask(run.url) == 400
        with pytest.raises(CommandFailedError, match="ALLOWED_HOSTS"):
            run._wait_until_open()


def test_second_site_in_one_folder_is_refused_before_it_changes_anything(tmp_path, monkeypatch, interruption):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", str(find_free_ports(1)[0]))

    with hold_lock(tmp_path / "site.lock"), pytest.raises(CommandFailedError, match=r"open in .* already"):
        LocalSite(interruption).main()

    assert [path.name for path in tmp_path.iterdir()] == ["site.lock"]
