"""Reasons for which something cannot be released, in words for whoever asked; every way to publish looks here first."""

from typing import Any

from cms.publication.registry import registry


class ReleaseRefusedError(Exception):
    """Publishing or scheduling was refused; the message says why and what to do, in the language of the user."""


def find_obstacle(instance: Any) -> str | None:
    """Find what stands against releasing a page or snippet as it stands in ``instance``; ``None`` where nothing does."""
    return next(filter(None, (find(instance) for find in registry.obstacle_finders)), None)
