"""The controlled vocabularies."""

from django.http import HttpResponse
from rest_framework.request import Request

from cms.api.problems import build_not_found
from cms.api.v1.declarations import LOCALE_ASKED
from cms.api.v1.openapi import Operation
from cms.api.v1.replies import build_json_reply
from cms.api.v1.views.base import ApiView
from cms.api.v1.vocabularies import VOCABULARIES


class VocabularyView(ApiView):
    """One vocabulary, complete: there is no paging."""

    operation = Operation("vocabulary", "Vocabularies", "List a vocabulary", answer="vocabulary")
    parameters = (LOCALE_ASKED,)

    def get(self, request: Request, vocabulary: str) -> HttpResponse:
        if vocabulary not in VOCABULARIES:
            raise build_not_found()
        results = VOCABULARIES[vocabulary](self.asked["locale"])
        return build_json_reply(request, {"results": results}, headers={"Content-Language": self.asked["locale"]})
