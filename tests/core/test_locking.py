"""A lock by name between two processes, on the database the suite runs on."""

import subprocess
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction

from cms.core.locking import LockBusyError, hold_lock
from tests.faults.stores import build_environment, start

pytestmark = pytest.mark.django_db(transaction=True)

HOLDER = """
import sys
import django
django.setup()
from contextlib import nullcontext
from django.db import transaction
from cms.core.locking import hold_lock
_, name, is_in_transaction = sys.argv
with transaction.atomic() if is_in_transaction == "True" else nullcontext(), hold_lock(name):
    print("held", flush=True)
    sys.stdin.readline()
print("released", flush=True)
sys.stdin.readline()
"""


def build_url():
    """Build the address of the suite's own database; a lock of SQLite is a file, whichever the database."""
    if connection.vendor != "postgresql":
        return f"sqlite:///{settings.DATA_DIR / 'other.sqlite3'}"
    own = connection.settings_dict
    return f"postgresql://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"


@contextmanager
def other_process(name, *, is_in_transaction=False):
    """Let another process hold a lock until a line is sent to it, and end it with the block."""
    environment = build_environment(settings.DATA_DIR, DATABASE_URL=build_url())
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = start(["-c", HOLDER, name, str(is_in_transaction)], environment, **pipes)
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_lock_is_refused_while_another_process_holds_it_and_free_when_that_is_killed():
    with other_process("law") as process:
        with pytest.raises(LockBusyError, match="law: held by another process"), hold_lock("law", waits=False):
            pass
        with hold_lock("search", waits=False):
            pass

        process.kill()
        process.wait()

        with hold_lock("law"):
            pass


def test_lock_is_free_when_the_block_ends_though_the_process_goes_on():
    with other_process("law") as process:
        process.stdin.write("\n")
        process.stdin.flush()

        with hold_lock("law"):
            pass
        assert process.stdout.readline() == "released\n"
        assert process.poll() is None


def test_block_that_fails_frees_the_lock():
    with pytest.raises(ValueError, match="no"), hold_lock("law"):
        raise ValueError("no")

    with other_process("law"):
        pass


def test_lock_not_waited_for_is_respected_inside_a_transaction_too():
    with other_process("law"), transaction.atomic(), pytest.raises(LockBusyError), hold_lock("law", waits=False):
        pass


def test_lock_taken_in_a_transaction_is_refused_to_others_until_it_ends():
    if connection.vendor != "postgresql":
        pytest.skip("in SQLite the transaction is the lock")
    with other_process("law", is_in_transaction=True), pytest.raises(LockBusyError), hold_lock("law", waits=False):
        pass
