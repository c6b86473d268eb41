"""What has to be there before the site opens: tables, starter content, collected static files."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.local.children import REPOSITORY, run_command

ROOMS = ("cms", "legal", "knowledge", "search", "frontend")


def prepare_site(data_dir: Path, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
    """Bring the data directory up to this checkout; a second time there is little to do.

    Raises:
        CommandFailedError: if a step fails.
    """
    is_new = not (data_dir / "prepared").exists()
    if is_new:
        say("Making the database and the starter content (the first time only) …")
    run_command("migrate", "--noinput", "--verbosity", "0", environment=environment)
    run_command("starter_load", "--admin", environment=environment)
    digest = compute_static_digest(REPOSITORY)
    stamp = data_dir / "prepared"
    if is_new or stamp.read_text(encoding="utf-8") != digest:
        say("Collecting static files …")
        run_command("collectstatic", "--noinput", "--verbosity", "0", environment=environment)
        stamp.write_text(digest, encoding="utf-8")


def compute_static_digest(repository: Path) -> str:
    """Return a digest that changes when a static file or a package changes."""
    digest = hashlib.sha256((repository / "requirements.txt").read_bytes())
    for room in ROOMS:
        for path in sorted((repository / room).rglob("static/**/*")):
            status = path.stat()
            digest.update(f"{path.relative_to(repository)} {status.st_mtime_ns} {status.st_size}\n".encode())
    return digest.hexdigest()
