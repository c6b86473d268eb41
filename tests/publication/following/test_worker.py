"""The worker's timed jobs: each runs again after its pause, and one that fails holds up nobody."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from cms.publication.following.worker import Worker
from cms.publication.registry import Registry, TimedJob, registry


def test_job_of_a_name_is_registered_once() -> None:
    jobs = Registry()
    jobs.register_job(TimedJob("harvest", lambda: None, every_seconds=60))

    with pytest.raises(ValueError, match="registered twice"):
        jobs.register_job(TimedJob("harvest", lambda: None, every_seconds=60))


@pytest.mark.django_db
@pytest.mark.parametrize("run", [lambda: None, lambda: 1 / 0])
def test_job_runs_again_after_its_pause_even_when_it_failed(
    run: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.publication.following.worker.close_old_connections", lambda: None)
    worker = Worker()
    ran: list[int] = []

    def run_job() -> None:
        ran.append(1)
        if len(ran) == 3:
            worker.stop()
        run()

    worker._run_job(TimedJob("job", run_job, every_seconds=0.0))

    assert len(ran) == 3


def test_trouble_of_a_follower_is_told_once_and_its_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answers: list[Exception | bool] = [
        ConnectionError("refused"),
        ConnectionError("refused"),
        ValueError("x"),
        True,
        True,
    ]
    worker = Worker()

    def follow(follower: object, holder: str) -> bool:
        answer = answers.pop(0)
        if not answers:
            worker.stop()
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr("cms.publication.following.worker.close_old_connections", lambda: None)
    monkeypatch.setattr("cms.publication.following.worker.follow_once", follow)
    monkeypatch.setattr("cms.publication.following.worker.release_lease", lambda name, holder: None)
    monkeypatch.setattr("cms.publication.following.worker.POLL_SECONDS", 0.0)

    worker._follow(SimpleNamespace(name="index"))  # type: ignore[arg-type]

    assert [record.getMessage() for record in caplog.records] == [
        "index failed and tries again until it can: refused",
        "index failed and tries again until it can: x",
        "index goes on",
    ]


def test_harvest_is_a_timed_job() -> None:
    assert "legal-harvest" in registry.jobs
