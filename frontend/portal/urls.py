"""Addresses of the portal; the composition includes them last, because they take everything under a language."""

from django.urls import path, re_path, register_converter

from frontend.portal.language_choice import LocaleConverter
from frontend.portal.portal_urls import FRAME_SIGN
from frontend.portal.views.acts import list_acts, show_act, show_provision
from frontend.portal.views.differences import show_act_diff
from frontend.portal.views.documents import show_document
from frontend.portal.views.fallbacks import show_in_frame
from frontend.portal.views.search import show_search
from frontend.portal.views.site import redirect_to_language, redirect_to_statement, show_robots, show_sitemap

register_converter(LocaleConverter, "locale")

app_name = "portal"

urlpatterns = [
    path("", redirect_to_language, name="front-door"),
    path("was", redirect_to_statement, name="accessibility-statement"),
    path("robots.txt", show_robots, name="robots"),
    path("sitemap.xml", show_sitemap, name="sitemap"),
    path("sitemap-acts-<int:number>.xml", show_sitemap, name="sitemap-acts"),
    path("<locale:locale>/search/", show_search, name="search"),
    path("<locale:locale>/acts/", list_acts, name="acts"),
    path("<locale:locale>/acts/<str:slug>/", show_act, name="act"),
    path("<locale:locale>/acts/<str:slug>/diff/", show_act_diff, name="act-diff"),
    path("<locale:locale>/acts/<str:slug>/<str:section>/", show_provision, name="provision"),
    re_path(
        rf"^(?P<locale>{LocaleConverter.regex})/{FRAME_SIGN}(?P<own>{LocaleConverter.regex})/(?P<rest>(?:[^/]+/)*)$",
        show_in_frame,
        name="framed",
    ),
    re_path(rf"^(?P<locale>{LocaleConverter.regex})/(?P<rest>(?:[^/]+/)*)$", show_document, name="document"),
]
