"""Files beside a bundle: originals in ``FILE.files/``, each named by the SHA-256 of its content."""

import hashlib
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db.models import Q

from cms.core.files import is_stored

CHUNK_BYTES = 1024 * 1024
# Example: "‹9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.pdf›"
# No match: "../settings.py"
FILE_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,10}")


def get_folder(bundle: Path) -> Path:
    """Return the folder that belongs to a bundle's file."""
    return bundle.with_name(f"{bundle.name}.files")


def build_file_name(digest: str, name: str) -> str:
    """Build a file's name in the folder: its digest, and the ending of the name it was uploaded under."""
    return f"{digest}.{name.rpartition('.')[2].lower()}"


class BundleFiles:
    """The folder of one bundle, and the site's own files by content.

    Without a folder nothing can be read from it and nothing is written; the site's own files are known all the same.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        # By kind and source id: the images and documents that lines have brought.
        self.known: dict[tuple[str, str], int] = {}
        # By kind and primary key: the source ids under which those of the site were written.
        self.written: dict[tuple[str, int], str] = {}
        self.names: set[str] = set()
        self.added: list[Any] = []
        self._digests: dict[tuple[str, int], str | None] = {}

    def get_path(self, digest: str, name: str) -> Path:
        """Return where the file of a line lies.

        Raises:
            ValidationError: if it is not there, or its content is not what its name says.
        """
        path = self.folder / build_file_name(digest, name) if self.folder else None
        if path is None or not path.is_file():
            place = path or "the folder beside the bundle"
            raise ValidationError({"file": f"{place} is not there"})
        with path.open("rb") as content:
            if _read_digest(content) != digest:
                raise ValidationError({"file": f"{path} has another content: its SHA-256 is not the one in its name"})
        return path

    def has_file(self, digest: str, name: str) -> bool:
        """Say whether the folder holds the file of a line."""
        return self.folder is not None and (self.folder / build_file_name(digest, name)).is_file()

    def store(self, file: Any, digest: str) -> None:
        """Copy an image or document of the site into the folder."""
        name = build_file_name(digest, file.filename)
        self.names.add(name)
        if self.folder is not None and not self.has_file(digest, file.filename):
            self.folder.mkdir(parents=True, exist_ok=True)
            with file.open_file() as content, tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as copy:
                for chunk in _iterate_chunks(content):
                    copy.write(chunk)
            Path(copy.name).replace(self.folder / name)

    def delete_others(self) -> None:
        """Delete the files of an earlier bundle that this one does not name; what is no file of a bundle stays."""
        for path in self.folder.iterdir() if self.folder is not None and self.folder.is_dir() else ():
            if FILE_NAME.fullmatch(path.name) and path.name not in self.names:
                path.unlink()

    def delete_added(self) -> None:
        """Delete the stored files of the images and documents that were added: their rows have been rolled back."""
        for file in self.added:
            file.file.storage.delete(file.file.name)

    def get_digest(self, file: Any) -> str | None:
        """Return the SHA-256 of an image or document of the site; ``None`` if its file is missing."""
        key = (file._meta.model_name, file.pk)
        if key not in self._digests:
            self._digests[key] = None
            if is_stored(file):
                with file.open_file() as content:
                    self._digests[key] = _read_digest(content)
        return self._digests[key]

    def list_alike(self, model: Any, digest: str, size_bytes: int | None = None) -> list[Any]:
        """List the site's images or documents with a content, oldest first."""
        files = model._default_manager.order_by("pk")
        if size_bytes is not None:
            files = files.filter(Q(file_size=size_bytes) | Q(file_size=None))
        return [file for file in files if self.get_digest(file) == digest]


def _iterate_chunks(content: BinaryIO) -> Iterable[bytes]:
    content.seek(0)
    while chunk := content.read(CHUNK_BYTES):
        yield chunk


def _read_digest(content: BinaryIO) -> str:
    digest = hashlib.sha256()
    for chunk in _iterate_chunks(content):
        digest.update(chunk)
    return digest.hexdigest()
