"""Markup of a passage: tags of the translation against those of the source, links, and placeholders."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from wagtail_localize.strings import INLINE_TAGS

from cms.core.html_reader import VOID
from cms.translation.checks.findings import Finding, FindingKind

# Example: "Hej ‹{{ navn }}›"
# Example: "‹{% url 'x' %}›"
# Example: "‹%(count)s› dage"
# Example: "‹{0}› af {1}"
# Example: "‹%s› kr."
# No match: "50 % af"
PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|%\(\w+\)[a-z]|(?<!\{)\{\w*\}|%(?:\d\$)?[sd](?!\w)")
# Example: "se ‹https://www.borger.dk/pas›."
# Example: "‹www.borger.dk›"
# Example: "skriv til ‹skranke@aarhus.dk›"
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Example: "borger.dk‹/en-GB›/pas"
# Example: "borger.dk‹/da›"
LANGUAGE_OF_PATH = re.compile(r"/[a-z]{2}(?:-[A-Za-z]{2})?(?=/|$)")


# Example: "‹&lt;b&gt;›Important"
ESCAPED_TAG = re.compile(r"&lt;/?[a-z]+[^&]*&gt;")
# Example: "‹https://www.›skat.dk"
BEFORE_HOST = re.compile(r"^(?:https?://)?(?:www\.)?")


@dataclass
class _TagReader(HTMLParser):
    """Reads the tags: how often each stands, the targets of links, and what is broken."""

    tags: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    attributes: Counter[str] = field(default_factory=Counter)
    opened: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags[tag] += 1
        self.attributes.update(f"{tag} {name}" for name in values)
        if tag == "a":
            self.links.append(values.get("id") or build_target(values.get("href") or ""))
            if "a" in self.opened:
                self.broken.append("<a> … <a>")
        if tag not in VOID:
            self.opened.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.opened.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.opened or self.opened[-1] != tag:
            self.broken.append(f"</{tag}>")
        if tag in self.opened:
            del self.opened[len(self.opened) - 1 - self.opened[::-1].index(tag) :]


def check_markup(source: str, target: str) -> list[Finding]:
    """Check the tags of a passage: balanced, none the source and wagtail-localize do not know, no link lost or added."""
    before, after = _read_tags(source), _read_tags(target)
    known = {*before.tags, *INLINE_TAGS}
    broken = [
        *after.broken,
        *(f"<{tag}>" for tag in after.opened),
        *(f"<{tag}>" for tag in after.tags if tag not in known),
    ]
    broken += [f"<{name}=…>" for name in after.attributes if name not in before.attributes]
    # Markup that somebody escaped would be read as text.
    broken += sorted(set(ESCAPED_TAG.findall(target)) - set(ESCAPED_TAG.findall(source)))
    findings = [Finding(FindingKind.MARKUP, "", unescape(piece)) for piece in dict.fromkeys(broken)]
    return findings + _pair(FindingKind.LINK, before.links, after.links)


def check_placeholders(source: str, target: str) -> list[Finding]:
    """Check that every placeholder stands in both as often."""
    return _pair(FindingKind.PLACEHOLDER, PLACEHOLDER.findall(source), PLACEHOLDER.findall(target))


def check_addresses(source: str, target: str) -> list[Finding]:
    """Check the addresses written in the text; the language in an address may be another."""
    before = {build_target(address): address for address in ADDRESS.findall(source)}
    after = {build_target(address): address for address in ADDRESS.findall(target)}
    lost = [before[key] for key in before if key not in after]
    return _pair(FindingKind.LINK, lost, [after[key] for key in after if key not in before])


def build_target(address: str) -> str:
    """Build what two addresses of one page have in common, whatever its language."""
    bare = BEFORE_HOST.sub("", address.strip())
    return LANGUAGE_OF_PATH.sub("", bare, count=1).rstrip("/").lower()


def iterate_covered(text: str) -> Iterator[re.Match[str]]:
    """Iterate over what holds digits that are no numbers: placeholders and addresses."""
    yield from PLACEHOLDER.finditer(text)
    yield from ADDRESS.finditer(text)


def _read_tags(html: str) -> _TagReader:
    reader = _TagReader()
    reader.feed(html)
    reader.close()
    return reader


def _pair(kind: FindingKind, before: list[str], after: list[str]) -> list[Finding]:
    lost = list((Counter(before) - Counter(after)).elements())
    added = list((Counter(after) - Counter(before)).elements())
    length = max(len(lost), len(added))
    lost += [""] * (length - len(lost))
    added += [""] * (length - len(added))
    return [Finding(kind, expected, found) for expected, found in zip(lost, added, strict=True)]
