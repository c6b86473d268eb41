"""Labels of Wagtail's own pages that no catalogue reaches: Wagtail 8.0.1 makes them from names in its code."""

from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.admin.views.pages.search import SearchView
from wagtail.models import Locale, Page
from wagtail.sites.views import IndexView
from wagtail.users.forms import PagePermissionsForm


def label_wagtail_pages() -> None:
    """Give the search of pages a word for what it counts, and columns, fields and locales their names."""
    SearchView.verbose_name_plural = _("pages")
    for form in (PagePermissionsForm, WorkflowPageForm):
        form.base_fields["page"].label = _("Page")
    PagePermissionsForm.base_fields["permissions"].label_from_instance = name_page_permission
    # Migrations know a model by what its class says, so that this asks for none.
    Locale._meta.verbose_name = _("locale")
    Locale._meta.verbose_name_plural = _("locales")
    labels = {"port": _("Port"), "site_name": _("Site name"), "root_page": _("Root page")}
    for column in IndexView.columns:
        column.label = labels.get(column.name, column.label)


def name_page_permission(permission: Permission) -> str:
    """Name a permission as the table of a group's page permissions heads its column; the database has English names."""
    names = {codename: name for codename, _short_name, name in Page.permission_types}
    return str(names.get(permission.codename, permission.name))
