"""The examples of docs/api.md run as they stand, in a shell, against a site that has been opened."""

import subprocess
from pathlib import Path
from typing import Any

from cms.core.starter_set import load_organisations, load_vocabularies
from tests.frontend.drafts import release
from tests.legal.acts import build_line, build_section, import_lines

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"
FIRST_LINE = "    SITE=http://127.0.0.1:8000"
# Every failing call ends the run; what it asked is printed before.
PRELUDE = """
set -euo pipefail
curl() { echo "curl $*" >&2; command curl --fail --noproxy '*' --max-time 30 "$@"; }
"""


def list_examples() -> list[str]:
    return [
        line.removeprefix("    ")
        for line in DOCUMENT.read_text(encoding="utf-8").splitlines()
        if line.startswith("    ")
    ]


def test_examples_run_in_order(transactional_db: None, live_server: Any, settings: Any, tmp_path: Path) -> None:
    settings.PUBLIC_URL = live_server.url
    load_vocabularies()
    load_organisations()
    release("article", "en", slug="answer-1")
    title = "Bekendtgørelse af udlændingeloven"
    import_lines(
        tmp_path,
        build_line("LBK", 1009, "2024-09-02", title, [build_section("9 a", "Gammel tekst.")]),
        build_line("LBK", 1183, "2025-09-25", title, [build_section("9 a", "Ny tekst.")]),
    )
    examples = list_examples()
    assert examples[0] == FIRST_LINE.strip()
    script = "\n".join([PRELUDE, f"SITE={live_server.url}", *examples[1:]])

    run = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)

    assert run.returncode == 0, run.stderr[-2000:]
    assert run.stderr.count("curl ") >= 9
