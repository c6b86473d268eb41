"""Routes of the whole site: composition only. The portal stands last, it takes every path under a language."""

from django.conf import settings
from django.urls import include, path
from django.views.decorators.csp import csp_override
from wagtail.admin import urls as admin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

urlpatterns = [
    path("", include("cms.api.urls")),
    path("admin/", include(decorate_urlpatterns(admin_urls.urlpatterns, csp_override(settings.ADMIN_CSP)))),
    path("", include("cms.media.urls")),
    path("", include("frontend.portal.urls")),
]

handler404 = "frontend.portal.views.errors.page_not_found"
handler500 = "frontend.portal.views.errors.server_error"
