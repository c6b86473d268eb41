"""Telling a sick content from a sick follower: which rows of a failed batch fail by themselves.

A batch that fails again and again is halved by content. What fails alone while others pass is sick; when nothing passes, not even
an item that was followed before, the follower itself is (its engine is away, its disk is full), and nothing is set aside.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

from cms.publication.models import Release
from cms.publication.registry import Follower


def find_sick_contents(
    follower: Follower, batch: Sequence[Release], followed: Sequence[Release], renew: Callable[[], None]
) -> dict[UUID, Exception]:
    """Follow a batch but for its sick contents. Returns those with their errors, by content id.

    ``followed`` are rows of another content that were followed before, if there are any: the follower is sick itself when
    they fail too. ``renew`` is called before each attempt.

    Raises:
        Exception: the follower's own error, when it is the follower that is sick.
    """
    sick: dict[UUID, Exception] = {}
    passed: list[Sequence[Release]] = [followed] if followed else []
    _halve(follower, batch, sick, passed, renew)
    if not passed:
        raise next(iter(sick.values()))
    # An engine that went away half-way makes everything after it fail: what passed has to pass still, and the sick to fail.
    renew()
    follower.follow(passed[0])
    for content_id in list(sick):
        rows = [row for row in batch if row.content_id == content_id]
        renew()
        if _follow(follower, rows) is None:
            del sick[content_id]
    return sick


def _halve(
    follower: Follower,
    rows: Sequence[Release],
    sick: dict[UUID, Exception],
    passed: list[Sequence[Release]],
    renew: Callable[[], None],
) -> None:
    renew()
    error = _follow(follower, rows)
    if error is None:
        passed.append(rows)
        return
    contents = list(dict.fromkeys(row.content_id for row in rows))
    if len(contents) == 1:
        sick[contents[0]] = error
        return
    middle = len(contents) // 2
    for half in (set(contents[:middle]), set(contents[middle:])):
        _halve(follower, [row for row in rows if row.content_id in half], sick, passed, renew)


def _follow(follower: Follower, rows: Sequence[Release]) -> Exception | None:
    try:
        follower.follow(rows)
    except Exception as error:  # noqa: BLE001 - whatever it fails with is what is being looked for
        return error
    return None
