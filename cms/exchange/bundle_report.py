"""Report of an import: the result of each line of a bundle."""

from dataclasses import dataclass, field

FILE_KINDS = ("image", "document")


@dataclass(frozen=True)
class LineError:
    """An error or a warning about one line; ``line`` counts from 1."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


@dataclass
class ImportReport:
    """Counts, errors and notes of one import."""

    released: int = 0
    drafted: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    files: int = 0
    errors: list[LineError] = field(default_factory=list)
    notes: list[LineError] = field(default_factory=list)

    def add_error(self, line: int, message: str) -> None:
        """Add one error."""
        self.errors.append(LineError(line, message))

    def add_note(self, line: int, message: str) -> None:
        """Add something that is no error; what is said twice stands once."""
        note = LineError(line, message)
        if note not in self.notes:
            self.notes.append(note)

    def count_release(self, has_changed: bool) -> None:
        """Count a line that released something, or changed nothing."""
        if has_changed:
            self.released += 1
        else:
            self.unchanged += 1

    def count_record(self, kind: str, is_published: bool, has_changed: bool) -> None:
        """Count a line that brought a record: a file, a draft of a block, or what is shown at once."""
        if has_changed and kind in FILE_KINDS:
            self.files += 1
        elif has_changed and not is_published:
            self.drafted += 1
        else:
            self.count_release(has_changed)

    def __str__(self) -> str:
        return (
            f"{self.released} released, {self.drafted} saved as draft, {self.withdrawn} withdrawn, "
            f"{self.files} files stored, "
            f"{self.unchanged} unchanged, {len(self.errors)} refused"
        )
