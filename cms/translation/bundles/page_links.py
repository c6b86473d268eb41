"""Links on a bundle's page that other packages add: the portal its preview."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from cms.translation.models import ReleaseBundle


@dataclass(frozen=True)
class PageLink:
    """A link on the page of every bundle."""

    label: str | Promise
    build_url: Callable[[ReleaseBundle], str]


page_links: list[PageLink] = []
