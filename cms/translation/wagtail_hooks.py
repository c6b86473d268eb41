"""Wagtail hooks of translation: the panel of stale translations."""

from typing import Any

from wagtail import hooks

from cms.translation.desk_panel import StalePanel


@hooks.register("construct_homepage_panels")
def add_stale_panel(request: Any, panels: list[Any]) -> None:
    """Show the stale translations on the start page."""
    panels.append(StalePanel())
