"""Everything that answers consumers and whoever watches over the site."""

from django.urls import URLPattern, URLResolver, include, path

from cms.api import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("cms.api.v1.urls")),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
]
