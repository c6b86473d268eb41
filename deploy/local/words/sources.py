"""Messages of the source code: every text marked for translation in Python and in templates, with the place it stands at."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

ROOMS = ("cms", "legal", "knowledge", "search", "frontend")
# How messages are marked, and which arguments are the context, the message and its plural: Babel's form.
MARKS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy"), (1,)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
    # The name of a type of content, which is translated where it is shown.
    "ContentType": (2,),
}
# Catalogues set it between the context and the message.
CONTEXT = "\x04"
# Packages whose templates readers see, those of the editor's folders excepted, and modules whose messages readers see.
READERS_PACKAGES = ("frontend/portal", "cms/core", "legal", "knowledge")
READERS_MODULES = (
    "frontend/portal/",
    "knowledge/enums.py",
    "legal/works/commencement_events.py",
    "legal/works/section_statuses.py",
    "legal/works/statuses.py",
    "cms/api/v1/views/",
)
EDITORS_FOLDERS = {"admin", "wagtailadmin"}


@dataclass(frozen=True)
class Message:
    """A message at one place of the code; ``key`` is what catalogues know it by, ``is_for_readers`` is false for editors' words."""

    key: str
    path: str
    line: int
    is_for_readers: bool


def build_key(message: str, context: str | None = None) -> str:
    """Build the key of a message: its text, after its context where it has one."""
    return f"{context}{CONTEXT}{message}" if context else message


def list_messages(root: Path) -> list[Message]:
    """List the messages of all rooms, in the order of their files."""
    return [message for room in ROOMS for message in _list_room(root, root / room)]


def _list_room(root: Path, folder: Path) -> Iterator[Message]:
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts:
            name = path.relative_to(root).as_posix()
            yield from read_messages(
                path.read_text(encoding="utf-8"), name, is_for_readers=name.startswith(READERS_MODULES)
            )
    for path in sorted([*folder.rglob("templates/**/*.html"), *folder.rglob("templates/**/*.txt")]):
        name = path.relative_to(root).as_posix()
        python = templatize(path.read_text(encoding="utf-8"), origin=name)
        # Django writes it for a reader that does not mind indentation.
        source = "\n".join(line.lstrip() for line in python.splitlines())
        is_for_readers = name.startswith(READERS_PACKAGES) and EDITORS_FOLDERS.isdisjoint(path.parts)
        yield from read_messages(source, name, is_for_readers=is_for_readers)


def read_messages(source: str, path: str, *, is_for_readers: bool) -> Iterator[Message]:
    """Read the messages of one Python source; names of types of content are for readers wherever they stand."""
    # Most modules say nothing to people, and reading tokens takes long.
    if not any(f"{mark}(" in source for mark in MARKS):
        return
    # One argument comes as a text, several as a tuple, and one that is no text as None, whatever Babel's types say.
    found: Iterator[Any] = extract_python(BytesIO(source.encode()), MARKS, [], {"encoding": "utf-8"})
    for line, function, arguments, _comments in found:
        texts: list[str | None] = list(arguments) if isinstance(arguments, tuple) else [arguments]
        places = MARKS[function]
        has_context = isinstance(places[0], tuple)
        message = _find(texts, places[1] if has_context else places[0])
        if message:
            key = build_key(message, _find(texts, 1) if has_context else None)
            yield Message(key, path, line, is_for_readers or function == "ContentType")


def _find(texts: list[str | None], place: int) -> str | None:
    return texts[place - 1] if len(texts) >= place else None
