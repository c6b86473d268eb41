"""A file that is the body of an answer (``wsgi.file_wrapper``, PEP 3333)."""

from collections.abc import Iterator
from typing import BinaryIO

CHUNK_BYTES = 1 << 16


class FileBody:
    """The rest of an open file; ``streaming`` says that it is read while it is sent."""

    streaming = True

    def __init__(self, file: BinaryIO, block_size: int = CHUNK_BYTES) -> None:
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        # Django's own blocks have 4 kB, and each is handed from one thread to another.
        while chunk := self._file.read(CHUNK_BYTES):
            yield chunk

    def close(self) -> None:
        """Close the file, and with it the response it belongs to."""
        self._file.close()
