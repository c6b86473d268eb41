"""The addresses of files. What stands in texts is written by ``cms.core.files``."""

from django.urls import path
from django.views.generic import RedirectView
from wagtail.documents.views.serve import authenticate_with_password

from cms.core.files import DOCUMENT_PATH, IMAGE_PATH
from cms.media import views

urlpatterns = [
    path(f"{IMAGE_PATH}/<int:image_id>/<slug:digest>/<slug:spec>/<str:name>", views.serve_image),
    path("media/<path:name>", views.serve_stored),
    path(
        f"{DOCUMENT_PATH}/authenticate_with_password/<int:restriction_id>/",
        authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    # Where Wagtail sends whoever has to sign in for a file: to the one place where people sign in.
    path(
        f"{DOCUMENT_PATH}/sign-in/",
        RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True),
        name="wagtailcore_login",
    ),
    path(f"{DOCUMENT_PATH}/<int:document_id>/<slug:digest>/<str:name>", views.serve_document),
    path(f"{DOCUMENT_PATH}/<int:document_id>/<str:filename>", views.find_document, name="wagtaildocs_serve"),
]
