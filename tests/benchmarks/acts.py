"""Acts to measure with: files of real ones repeated under other numbers, or made-up ones where no file is given."""

import gzip
import json
import os
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FILES = "BENCH_ACTS"
WORDS = (
    "udlænding opholdstilladelse ansættelse arbejdsgiver kommune myndighed afgørelse ansøgning beløb familie ægtefælle "
    "barn uddannelse forlængelse betingelse fremmede minister bestemmelse virksomhed kvote dokumentation"
).split()
SECTIONS_PER_ACT = 10


def write_acts(path: Path, count: int, provisions: int) -> tuple[int, int]:
    """Write ``count`` acts with about ``provisions`` sections as an import file; returns how many of both there are.

    With ``BENCH_ACTS`` (files separated by a colon) the acts are those, repeated under other numbers and titles, and the
    rest is filled up with stubs; else they are made up.
    """
    acts = sections = 0
    with path.open("w", encoding="utf-8") as out:
        for line in iterate_acts():
            size = len(line["provisions"])
            if acts >= count:
                break
            if sections + size > provisions:
                line["provisions"], size = [], 0
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            acts, sections = acts + 1, sections + size
    return acts, sections


def iterate_acts() -> Iterator[dict[str, Any]]:
    """Iterate over acts without end."""
    files = [Path(name) for name in os.environ.get(FILES, "").split(":") if name]
    round_number = 0
    while True:
        originals = _read_files(files) if files else _make_up(round_number)
        for line in originals:
            yield _renumber(line, round_number) if files else line
        round_number += 1


def _read_files(files: list[Path]) -> Iterator[dict[str, Any]]:
    for path in files:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            for raw in stream:
                yield json.loads(raw)


def _renumber(line: dict[str, Any], round_number: int) -> dict[str, Any]:
    if not round_number:
        return line
    number = line["number"] + round_number * 100_000
    return {
        **line,
        "number": number,
        "eli_uri": line["eli_uri"].rpartition("/")[0] + f"/{number}",
        "title": f"{line['title']} nr. {round_number}",
        "accession_number": f"{line['accession_number']}-{round_number}",
    }


def _make_up(round_number: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(round_number)
    for place in range(1000):
        number = round_number * 1000 + place + 1
        signed = date(2015, 1, 1) + timedelta(days=chance.randrange(3900))
        yield build_act(number, signed, f"Bekendtgørelse af lov om {chance.choice(WORDS)} nr. {number}", chance)


def build_act(number: int, signed: date, title: str, chance: random.Random) -> dict[str, Any]:
    """Build one act of ten sections."""
    provisions = [
        {"chapter": "1", "section": str(section), "text": f"§ {section}. {' '.join(chance.choices(WORDS, k=80))}."}
        for section in range(1, SECTIONS_PER_ACT + 1)
    ]
    return {
        "eli_uri": f"https://www.retsinformation.dk/eli/lta/{signed.year}/{number}",
        "document_type": "LBK",
        "lexdania_type": "LBK H#LOKDOK03",
        "year": signed.year,
        "number": number,
        "accession_number": f"A{number}",
        "document_id": f"M{number}",
        "title": title,
        "signed_date": signed.isoformat(),
        "source_status": "in_force",
        "provisions": provisions,
    }
