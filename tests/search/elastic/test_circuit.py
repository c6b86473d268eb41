"""The circuit breaker opens on failures, and closes when the engine answers its probe."""

import threading

from search.elastic.circuit import CircuitBreaker


def test_circuit_opens_after_two_quick_failures_in_a_row():
    circuit = CircuitBreaker(lambda: None, probe_seconds=60)

    circuit.record_failure(0.01)
    assert not circuit.is_open
    circuit.record_success()
    circuit.record_failure(0.01)
    assert not circuit.is_open
    circuit.record_failure(0.01)

    assert circuit.is_open
    circuit.reset()


def test_circuit_opens_after_one_slow_failure():
    circuit = CircuitBreaker(lambda: None, probe_seconds=60)

    circuit.record_failure(2.0)

    assert circuit.is_open
    circuit.reset()


def test_circuit_closes_when_the_probe_succeeds_and_not_before():
    answers = threading.Event()
    probed = threading.Event()
    closed = threading.Event()

    def probe():
        probed.set()
        if not answers.is_set():
            raise ConnectionError
        closed.set()

    circuit = CircuitBreaker(probe, probe_seconds=0.01)
    circuit.record_failure(2.0)

    assert probed.wait(5)
    assert circuit.is_open
    answers.set()
    assert closed.wait(5)
    assert circuit.closed.wait(5)
    assert not circuit.is_open


def test_many_threads_start_one_probe():
    started = []
    release = threading.Event()

    def probe():
        started.append(threading.current_thread().name)
        release.wait(5)

    circuit = CircuitBreaker(probe, probe_seconds=0.01)
    threads = [threading.Thread(target=circuit.record_failure, args=(2.0,)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    release.set()

    assert circuit.closed.wait(5)
    assert len(started) == 1
