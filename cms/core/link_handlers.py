"""Links of rich text, as readers get them: absolute, and only to what they may see."""

from typing import Any

from django.utils.html import format_html
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from cms.core.files import build_document_reference
from cms.core.references import find_shown_page


class ShownPageLinkHandler(PageLinkHandler):
    """A link to a page. To one that is not shown it loses its address, which would tell the words of the title."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        shown = [find_shown_page(page) for page in cls.get_many(attrs_list)]
        return [format_html('<a href="{}">', page.full_url) if page else "<a>" for page in shown]


class ShownDocumentLinkHandler(DocumentLinkHandler):
    """A link to a document. To one whose file is gone it loses its address."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        shown = [build_document_reference(document) for document in cls.get_many(attrs_list)]
        return [format_html('<a href="{}">', document["url"]) if document else "<a>" for document in shown]
