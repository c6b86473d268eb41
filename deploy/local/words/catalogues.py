"""Catalogues of the repository: what each package says in each language, as written (.po) and as compiled (.mo)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polib

from deploy.local.words.sources import ROOMS, build_key


@dataclass(frozen=True)
class Catalogue:
    """One catalogue; ``package`` is the folder its ``locale`` lies in, ``domain`` is ``django`` or, of scripts, ``djangojs``."""

    root: Path
    path: str
    package: str
    locale: str
    domain: str

    @cached_property
    def file(self) -> polib.POFile:
        """The written file, with the entries that are no longer used."""
        return polib.pofile(str(self.root / self.path), wrapwidth=0)

    @property
    def entries(self) -> list[polib.POEntry]:
        """The entries in use, in their order; one that stands there twice is there twice."""
        return [entry for entry in self.file if not entry.obsolete]

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """The translations by key: one, or one for each plural form."""
        return {get_key(entry): list_texts(entry) for entry in self.entries}

    @cached_property
    def compiled(self) -> Mapping[str, list[str]] | None:
        """The same as compiled; ``None`` where it was not."""
        path = (self.root / self.path).with_suffix(".mo")
        if not path.is_file():
            return None
        return {get_key(entry): list_texts(entry) for entry in polib.mofile(str(path)) if entry.msgid}


def list_catalogues(root: Path) -> list[Catalogue]:
    """List the catalogues of all rooms."""
    found = []
    for path in sorted(path for room in ROOMS for path in (root / room).rglob("locale/*/LC_MESSAGES/*.po")):
        name = path.relative_to(root).as_posix()
        found.append(Catalogue(root, name, name.partition("/locale/")[0], path.parts[-3], path.stem))
    return found


def get_key(entry: polib.POEntry | polib.MOEntry) -> str:
    """Return the key of an entry."""
    return build_key(entry.msgid, entry.msgctxt)


def list_texts(entry: polib.POEntry | polib.MOEntry) -> list[str]:
    """List the translations of an entry: one, or one for each plural form in its order."""
    forms = entry.msgstr_plural
    return [forms[form] for form in sorted(forms)] if forms else [entry.msgstr]
