"""Labels of Wagtail's own pages that no catalogue reaches: Wagtail 8.0.1 makes them from names in its code."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.search import SearchView
from wagtail.sites.views import IndexView


def label_wagtail_pages() -> None:
    """Give the search of pages a word for what it counts, and the columns of the sites their names."""
    SearchView.verbose_name_plural = _("pages")
    labels = {"port": _("Port"), "site_name": _("Site name"), "root_page": _("Root page")}
    for column in IndexView.columns:
        column.label = labels.get(column.name, column.label)
