"""Preparation of a site before it opens: tables, starter content, collected static files."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from deploy.local.children import REPOSITORY

ROOMS = ("cms", "legal", "knowledge", "search", "frontend")
RECORD_NAME = "prepared.json"


def prepare_site(
    data_dir: Path, environment: Mapping[str, str], run_command: Callable[..., None], say: Callable[[str], None]
) -> None:
    """Bring the data directory up to this checkout; what has not changed since the last time is not done again.

    ``run_command`` runs a command of manage.py to its end.

    Raises:
        CommandFailedError: if a step fails.
    """
    done = _read_record(data_dir)
    wanted = {
        "starter": f"{environment.get('DATABASE_URL', '')} {_compute_digest(_list_files('starter'))}",
        "static": _compute_digest([REPOSITORY / "requirements.txt", *_list_files("static")]),
    }
    if "DATABASE_URL" not in environment and not (data_dir / "videnbro.sqlite3").exists():
        done.pop("starter", None)
    if not done:
        say("Preparing the site; this takes longer the first time …")
    run_command("migrate", "--noinput", "--verbosity", "0")
    if done.get("starter") != wanted["starter"]:
        say("Loading the starter content …")
        run_command("starter_load", "--admin")
    if done.get("static") != wanted["static"] or not (data_dir / "static").is_dir():
        say("Collecting the static files …")
        run_command("collectstatic", "--noinput", "--verbosity", "0")
    (data_dir / RECORD_NAME).write_text(json.dumps(wanted), encoding="utf-8")


def _read_record(data_dir: Path) -> dict[str, str]:
    try:
        record = json.loads((data_dir / RECORD_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _list_files(folder_name: str) -> list[Path]:
    """List the files in all folders of this name in the rooms."""
    paths = (path for room in ROOMS for path in (REPOSITORY / room).rglob(f"{folder_name}/**/*"))
    return sorted(path for path in paths if path.is_file() and "node_modules" not in path.parts)


def _compute_digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(REPOSITORY)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
