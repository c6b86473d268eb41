"""The portal alone, with its error pages, as the composition includes it."""

from django.urls import include, path

urlpatterns = [path("", include("frontend.portal.urls"))]

handler404 = "frontend.portal.views.errors.page_not_found"
handler500 = "frontend.portal.views.errors.server_error"
