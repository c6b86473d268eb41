"""The unprivileged account that runs Elasticsearch when the caller is root, which Elasticsearch refuses."""

import os
import pwd
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NOBODY_ID = 65534


@dataclass(frozen=True)
class Account:
    """A user and group to run a child process as."""

    uid: int
    gid: int


def find_unprivileged_account() -> Account | None:
    """Return the account to start servers with, or ``None`` when the caller is no root and stays itself."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return Account(NOBODY_ID, NOBODY_ID)
    return Account(entry.pw_uid, entry.pw_gid)


def is_reachable(path: Path, account: Account | None) -> bool:
    """Tell whether the account may enter every existing folder on the way to ``path`` (root's home is closed)."""
    if account is None:
        return True
    return all(_may_enter(folder, account) for folder in _list_existing(path.resolve()))


def give(path: Path, account: Account | None) -> None:
    """Hand a folder and everything in it to the account."""
    if account is None:
        return
    os.chown(path, account.uid, account.gid)
    for parent, folders, files in os.walk(path):
        for name in (*folders, *files):
            os.chown(Path(parent, name), account.uid, account.gid, follow_symlinks=False)


def _list_existing(path: Path) -> Iterator[Path]:
    return (folder for folder in (path, *path.parents) if folder.is_dir())


def _may_enter(folder: Path, account: Account) -> bool:
    status = folder.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)
