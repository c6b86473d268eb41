"""Wagtail hooks of exchange: links on the start page that write something new, in the section it belongs to."""

from typing import Any

from wagtail import hooks

from cms.core.desk.panels import ShortcutPanel
from cms.exchange.shortcuts import list_shortcuts


@hooks.register("construct_homepage_panels")
def add_shortcuts(request: Any, panels: list[Any]) -> None:
    """Show the links above everything else."""
    panels.append(ShortcutPanel(list_shortcuts(request.user)))
