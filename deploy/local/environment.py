"""``DATA_DIR/env``: what ``make run`` has made up for this data directory, read by every command."""

import os
import secrets
from pathlib import Path


class EnvironmentFile:
    """Lines of ``NAME=value``; those of others are kept as they are."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "env"
        self._lines = self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else []

    def find(self, name: str) -> str | None:
        """Return the value without quotes, or ``None``."""
        for line in self._lines:
            key, separator, value = line.partition("=")
            if separator and key.strip() == name:
                return value.strip().strip("'\"")
        return None

    def store(self, **values: str | None) -> None:
        """Write the values, readable by the owner alone; ``None`` removes a line."""
        for name, value in values.items():
            self._lines = [line for line in self._lines if line.partition("=")[0].strip() != name]
            if value is not None:
                self._lines.append(f"{name}={value}")
        draft = self._path.with_name("env.draft")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
            stream.writelines(f"{line}\n" for line in self._lines)
        os.replace(draft, self._path)

    def fill_secrets(self) -> None:
        """Make up what is missing: the key that signs sessions, and the first administrator's password."""
        self.store(
            SECRET_KEY=self.find("SECRET_KEY") or secrets.token_hex(32),
            ADMIN_PASSWORD=self.find("ADMIN_PASSWORD") or secrets.token_urlsafe(12),
        )
