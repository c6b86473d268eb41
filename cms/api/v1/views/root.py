"""List the API's endpoints, locales and types."""

from django.http import HttpResponse
from rest_framework.request import Request

from cms.api.v1.openapi import Operation
from cms.api.v1.replies import build_address, build_json_reply
from cms.api.v1.views.base import ApiView
from cms.api.v1.vocabularies import VOCABULARIES
from cms.core.languages import LANGUAGES, fallback_chain
from cms.publication.registry import registry

LINKS = ("documents", "search", "snapshot", "changes", "acts", "citations", "docs")


class RootView(ApiView):
    """The version, the languages, the content types and where to go on."""

    operation = Operation("root", "Root", "See what is here", answer="root")

    def get(self, request: Request) -> HttpResponse:
        links = {name: build_address(f"{request.path}{name}/") for name in LINKS}
        links["feed"] = build_address(f"{request.path}feeds/all.atom")
        links["calendar"] = build_address(f"{request.path}calendar.ics")
        links["openapi"] = build_address(f"{request.path}openapi.json")
        vocabularies = {name: build_address(f"{request.path}vocabularies/{name}/") for name in VOCABULARIES}
        locales = [
            {
                "locale": language.code,
                "endonym": language.endonym,
                "direction": language.direction,
                "fallback_chain": fallback_chain(language.code),
            }
            for language in LANGUAGES.values()
        ]
        described = {
            "name": "Videnbro",
            "version": "1",
            "locales": locales,
            "types": list(registry.types),
            "links": {**links, "vocabularies": vocabularies},
        }
        return build_json_reply(request, described)
