"""The way from the page editor to the publish step, for tests and for pictures; it knows nothing of the site's settings."""

from playwright.sync_api import Page as Window


def open_publish_step(window: Window) -> None:
    """Press "Publish…" in the page editor, and wait for the publish step."""
    window.locator("footer [data-w-dropdown-target=toggle]").first.click()
    window.locator("[name='action-publish']").first.click()
    window.wait_for_url("**/publication/*/publish/**")
