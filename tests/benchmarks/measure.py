"""Measure a running site; prints one table of ratios."""

import http.client
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

from tests.benchmarks.load import Round, Target
from tests.benchmarks.waiting import PAST_THE_LANE, measure_beside_waiters

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "3"))
SEARCHES = 120
WAITERS = 500
QUERIES = ("skattekort", "bolig", "tilladelse ophold", "ægtefælle arbejde", "danskuddannelse", "lejekontrakt", "læge")


def main(folder: Path, base_url: str) -> None:
    """Measure and print."""
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))[:200]
    targets = build_targets(folder, asked, base_url)
    check_answers(base_url, targets, folder)
    rounds: dict[str, list[Round]] = {target.name: [] for target in targets}
    for target in targets:
        target.run(base_url, seconds=1)
    for number in range(ROUNDS):
        for target in targets if number % 2 == 0 else reversed(targets):
            rounds[target.name].append(target.run(base_url, seconds=SECONDS))
    rates = {name: statistics.median(entry.per_second for entry in entries) for name, entries in rounds.items()}
    p99 = {name: statistics.median(entry.p99 for entry in entries) for name, entries in rounds.items()}
    print_load(rates, p99)
    print_waiting(base_url, f"/api/v1/documents/{asked[0]['id']}/")
    if "ELASTICSEARCH_URL" in os.environ:
        print_search(base_url)


def build_targets(folder: Path, asked: list[dict[str, str]], base_url: str) -> list[Target]:
    """Build the kinds of request, ours beside its rival."""
    documents = [f"/api/v1/documents/{entry['id']}/" for entry in asked]
    conditional = [f"/api/v1/documents/{entry['id']}/ {entry['etag']}" for entry in asked]
    lists = [f"/api/v1/documents/?type=article&topic={topic}&limit=50" for topic in ("housing", "tax", "health")]
    rival_list = "/rival/v2/pages/?type=knowledge.ArticlePage&fields=*&limit=50"
    return [
        Target(folder, "plain", [f"/plain/{entry['id']}/" for entry in asked]),
        Target(folder, "document", documents),
        Target(folder, "document-django", documents, PAST_THE_LANE),
        Target(folder, "conditional", conditional),
        Target(folder, "conditional-django", conditional, PAST_THE_LANE),
        Target(folder, "rival-document", [f"/rival/v2/pages/{entry['page']}/?fields=*" for entry in asked]),
        Target(folder, "list", lists),
        Target(folder, "list-django", lists, PAST_THE_LANE),
        Target(folder, "rival-list", [f"{rival_list}&offset={offset}" for offset in (0, 50, 100)]),
    ]


def check_answers(base_url: str, targets: list[Target], folder: Path) -> None:
    """Refuse to measure answers that differ from what they stand for."""
    first = json.loads((folder / "asked.json").read_text(encoding="utf-8"))[0]
    ours = read(base_url, f"/api/v1/documents/{first['id']}/")[1]
    same = ours == read(base_url, f"/plain/{first['id']}/")[1]
    past = ours == read(base_url, f"/api/v1/documents/{first['id']}/", {"Accept": PAST_THE_LANE})[1]
    status = read(base_url, f"/api/v1/documents/{first['id']}/", {"If-None-Match": first["etag"]})[0]
    rival = json.loads(read(base_url, f"/rival/v2/pages/{first['page']}/?fields=*")[1])
    if not (same and past and status == 304 and rival["title"] == json.loads(ours)["title"]):
        raise SystemExit("The answers differ; nothing was measured.")
    sys.stdout.write(f"one document: {len(ours)} bytes; Wagtail's: {len(json.dumps(rival))} bytes\n")


def read(base_url: str, address: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """Read one answer."""
    connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=30)
    connection.request("GET", address, headers=headers or {})
    response = connection.getresponse()
    return response.status, response.read()


def print_load(rates: dict[str, float], p99: dict[str, float]) -> None:
    """Print requests a second and the ratios that are to be reached."""
    sys.stdout.write(f"\n{'':22}{'requests/s':>12}{'p99 ms':>9}   (16 connections, one worker, {ROUNDS} rounds)\n")
    for name, rate in rates.items():
        sys.stdout.write(f"{name:22}{rate:12.0f}{p99[name]:9.2f}\n")
    print_ratio("document / Wagtail v2 page detail", rates["document"] / rates["rival-document"], "≥ 15")
    print_ratio("document / plain Django view", rates["document"] / rates["plain"], "≥ 0.5")
    print_ratio("conditional read / plain Django view", rates["conditional"] / rates["plain"], "≥ 0.7")
    print_ratio("list of 50 / Wagtail v2 list of 50", rates["list"] / rates["rival-list"], "≥ 25")
    print_ratio("document past the lane / Wagtail v2", rates["document-django"] / rates["rival-document"], "")
    print_ratio("list past the lane / Wagtail v2", rates["list-django"] / rates["rival-list"], "")


def print_waiting(base_url: str, path: str) -> None:
    """Print how a document is read while nobody and while many wait for changes."""
    measured = measure_beside_waiters(base_url, path, waiters=WAITERS, rounds=ROUNDS, seconds=min(SECONDS, 5))
    sys.stdout.write(f"\n{'one read after another':26}{'waiting':>8}{'p50 ms':>9}{'p99 ms':>9}   (p99 < 50 ms)\n")
    for (kind, count), reads in measured.items():
        sys.stdout.write(f"{kind:26}{count:8}{reads.p50:9.2f}{reads.p99:9.2f}\n")


def print_search(base_url: str) -> None:
    """Print the search's median beside the raw engine's for the same request body, and beside Wagtail's."""
    times: dict[str, list[float]] = {"ours": [], "raw": [], "rival": []}
    asks = build_searches(base_url)
    for number in range(SEARCHES):
        query = QUERIES[number % len(QUERIES)]
        for name, ask in asks.items():
            begun = time.perf_counter()
            ask(query)
            times[name].append((time.perf_counter() - begun) * 1000)
    p50 = {name: statistics.median(values[len(QUERIES) :]) for name, values in times.items()}
    sys.stdout.write("\n" + "".join(f"search {name:10} p50 {value:7.2f} ms\n" for name, value in p50.items()))
    sys.stdout.write(f"search through the API − raw Elasticsearch: {p50['ours'] - p50['raw']:.2f} ms (≤ 2 ms)\n")
    print_ratio("Wagtail v2 search / ours, time", p50["rival"] / p50["ours"], "≥ 6")


def build_searches(base_url: str) -> dict[str, Callable[[str], object]]:
    """Build one way of asking for each side, every one over a connection that stays open."""
    import django

    django.setup()
    from cms.core.calendar import today
    from cms.publication.access.access_scope import PUBLIC_ACCESS
    from search.asking.query import SearchQuery
    from search.elastic.index_names import READ, build_aliases
    from search.elastic.request_bodies import build_search

    site = http.client.HTTPConnection(urlsplit(base_url).netloc)
    engine = http.client.HTTPConnection(urlsplit(os.environ["ELASTICSEARCH_URL"]).netloc)

    def ask_site(address: str) -> bytes:
        site.request("GET", address)
        return site.getresponse().read()

    def ask_engine(query: str) -> bytes:
        asked = SearchQuery(q=query, locale="da", as_of=today(), access=PUBLIC_ACCESS)
        address = f"/{','.join(build_aliases(READ, asked.chain))}/_search"
        body = json.dumps(build_search(asked), default=str)
        engine.request("POST", address, body, {"Content-Type": "application/json"})
        response = engine.getresponse()
        answer = response.read()
        if response.status != 200:
            raise SystemExit(f"Elasticsearch refused the body: {answer[:500]!r}")
        return answer

    return {
        "ours": lambda query: ask_site(f"/api/v1/search/?q={quote(query)}&limit=20"),
        "raw": ask_engine,
        "rival": lambda query: ask_site(
            f"/rival/v2/pages/?type=knowledge.ArticlePage&fields=*&limit=20&search={quote(query)}"
        ),
    }


def print_ratio(what: str, ratio: float, wanted: str) -> None:
    """Print one ratio beside what is to be reached."""
    sys.stdout.write(f"{what:45}{ratio:8.2f}   {wanted}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
