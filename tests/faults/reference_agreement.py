"""Agreement of references: texts show of others what the oracle says their readers may see, on each coming day, and no more."""

import re

import orjson
from wagtail.models import Page

from cms.core.languages import fallback_chain
from cms.core.models import ReusableBlock
from cms.publication.access.access_scope import build_common_access
from cms.publication.models import Release, Window

LINKED = re.compile(r'linktype="page"[^>]* id="(\d+)"|id="(\d+)"[^>]* linktype="page"')
ADDRESS = re.compile(r'href="([^"]*)"')
PICTURE = re.compile(r'src="([^"]*)"')


def list_linked(html):
    """List the keys of the pages that a passage links to, as an editor's text stores them."""
    return [int(first or second) for first, second in LINKED.findall(html)]


def read_references(page):
    """Read what a page refers to: ``(kind, key)`` in the order of the body, and the related pages."""
    named = []
    for child in page.body:
        if child.block_type == "paragraph":
            named += [("link", key) for key in list_linked(child.value.source)]
        elif child.block_type == "contact_point" and child.value is not None:
            named.append(("place", child.value.pk))
        elif child.block_type == "reusable" and child.value is not None:
            named.append(("block", child.value.pk))
        elif child.block_type in ("image", "document") and child.value[child.block_type] is not None:
            named.append((child.block_type, child.value[child.block_type].pk))
    return named, [child.value.pk for child in page.related if child.value is not None]


class ReferenceOracle:
    """Tells what the readers of one text may be shown of others on a day."""

    def __init__(self, oracle, today):
        self.oracle = oracle
        self.today = today
        self.days = [day for day in oracle.list_days(today) if day >= today]
        pages = Page.objects.filter(alias_of__isnull=True).select_related("locale")
        self.contents = {page.pk: page.translation_key for page in pages}
        self.paths = {
            (page.translation_key, page.locale.language_code): page.specific.portal_path
            for page in pages
            if page.translation_key in oracle.contents
        }
        self.blocks = {block.pk: block for block in ReusableBlock.objects.all()}

    def find_shown(self, key, window, day):
        """Find ``(content id, title, address)`` of a page for the readers of a window; ``None`` where it may not be shown."""
        content_id, chain = self._follow(self.contents.get(key), window.locale), fallback_chain(window.locale)
        content = self.oracle.contents.get(content_id)
        if content is None or not content.is_visible_to(build_common_access(window.visibility, window.consortium)):
            return None
        for locale in chain:
            text = content.find_applying(locale, day)
            is_stale = content.type == "law-note" and content.find_state(locale, day) == "outdated"
            if text is not None and not is_stale:
                return str(content_id), text.title, f"http://testserver{self.paths[content_id, locale]}"
        return None

    def _follow(self, content_id, locale):
        seen = set()
        while content_id is not None and content_id not in seen:
            seen.add(content_id)
            chain = fallback_chain(locale)
            content = self.oracle.contents.get(content_id)
            if content and any(content.find_applying(code, day) for code in chain for day in self.days):
                return content_id
            rows = Release.objects.filter(content_id=content_id, locale__in=chain).order_by("-position")
            newest = rows.first()
            if newest is None or newest.kind != "withdrawn" or newest.reason != "moved" or newest.version:
                return content_id
            content_id = newest.moved_to or content_id
        return content_id

    def list_linked_in(self, key):
        """List what a reusable block links to, while it is published."""
        block = self.blocks.get(key)
        return list_linked(block.body) if block is not None and block.live else []


def check_references(oracle, references, files, today):
    """Each coming day every text leads where the oracle says, names what it says, and leads nowhere else."""
    told = ReferenceOracle(oracle, today)
    windows = [
        (window, orjson.loads(bytes(window.release.stored_body.body)))
        for window in Window.objects.select_related("release__stored_body")
    ]
    for day in told.days:
        for window, document in windows:
            if not (window.starts <= day and (window.ends is None or day < window.ends)):
                continue
            named, related = references[window.title]
            linked, places, pictures = [], [], []
            for kind, key in named:
                if kind in ("image", "document"):
                    address = files.find_address(kind, key)
                    (pictures if kind == "image" else linked).extend([address] if address else [])
                    continue
                keys = told.list_linked_in(key) if kind == "block" else [key]
                found = [entry for entry in (told.find_shown(page, window, day) for page in keys) if entry]
                linked += [url for _id, _title, url in found]
                places += [entry for entry in found if kind == "place"]
            where = (window.title, window.locale, day)
            assert ADDRESS.findall(document["html"]) == linked, where
            assert PICTURE.findall(document["html"]) == pictures, where
            blocks = [block["value"] for block in document["blocks"] if block["type"] == "contact-point"]
            assert [(block["id"], block["title"], block["url"]) for block in blocks] == places, where
            expected = [entry[0] for entry in (told.find_shown(key, window, day) for key in related) if entry]
            assert [entry["id"] for entry in document["related"]] == expected, where
