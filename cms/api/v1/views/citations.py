"""Citations of Danish law in a text."""

from django.http import HttpResponse
from rest_framework.request import Request

from cms.api.v1.declarations import AS_OF
from cms.api.v1.openapi import Operation
from cms.api.v1.parameters import Parameter
from cms.api.v1.replies import build_json_reply
from cms.api.v1.values import TextValue
from cms.api.v1.views.acts import LANGUAGE
from cms.api.v1.views.base import ApiView
from legal.citing.text_citations import answer_citations

LONGEST_TEXT = 20_000


class CitationListView(ApiView):
    """Find the citations of a text and resolve each: the act, as it applies on the day or as the number says, and the section.

    Law is the same for all callers. Four queries for any text.
    """

    operation = Operation("citation_list", "Law", "Find and resolve citations", answer="citations")
    parameters = (
        Parameter(
            "q",
            TextValue(LONGEST_TEXT, has_lines=True),
            "The text to look through, line breaks included.",
            required=True,
        ),
        AS_OF,
    )

    def get(self, request: Request) -> HttpResponse:
        return build_json_reply(request, {"citations": answer_citations(self.asked["q"], self.day)}, headers=LANGUAGE)
