"""The site's addresses, Wagtail's API v2, and a plain view that sends the same bytes from memory."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from cms.publication.models import Window

rival = WagtailAPIRouter("rival")
rival.register_endpoint("pages", PagesAPIViewSet)

_bodies: dict[str, bytes] = {}


def send_plain(request: HttpRequest, content_id: str) -> HttpResponse:
    """Send a document's bytes; the database is asked once in the life of the process."""
    body = _bodies.get(content_id)
    if body is None:
        body = bytes(Window.objects.get(content_id=content_id).release.stored_body.body)
        _bodies[content_id] = body
    return HttpResponse(body, content_type="application/json")


urlpatterns = [
    path("rival/v2/", rival.urls),
    path("plain/<str:content_id>/", send_plain),
    path("", include("cms.urls")),
]
