"""Where everything answers: composition only. The portal stands last, it takes every path under a language."""

from django.urls import include, path
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

urlpatterns = [
    path("", include("cms.api.urls")),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("", include("frontend.portal.urls")),
]

handler404 = "frontend.portal.views.errors.page_not_found"
handler500 = "frontend.portal.views.errors.server_error"
