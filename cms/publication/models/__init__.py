"""The log, its projection and its followers' positions. Outside code imports from here."""

from cms.publication.models.follower import FollowerPosition, SetAsideContent
from cms.publication.models.log import LogHead, Release, ReleaseBody, ReleaseVariant
from cms.publication.models.window import Window, WindowCommencement, WindowTerm

__all__ = [
    "FollowerPosition",
    "LogHead",
    "Release",
    "ReleaseBody",
    "ReleaseVariant",
    "SetAsideContent",
    "Window",
    "WindowCommencement",
    "WindowTerm",
]
