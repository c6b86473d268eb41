"""The log, its projection and its followers' positions. Outside code imports from here."""

from cms.publication.models.follower import FollowerPosition, SetAsideContent
from cms.publication.models.log import (
    ChangedTarget,
    JointRelease,
    LogHead,
    Release,
    ReleaseBody,
    ReleaseReference,
    ReleaseRendition,
)
from cms.publication.models.window import Window, WindowCommencement, WindowTerm

__all__ = [
    "ChangedTarget",
    "FollowerPosition",
    "JointRelease",
    "LogHead",
    "Release",
    "ReleaseBody",
    "ReleaseReference",
    "ReleaseRendition",
    "SetAsideContent",
    "Window",
    "WindowCommencement",
    "WindowTerm",
]
