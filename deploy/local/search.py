"""Decide where this site's search comes from, before anything long is begun."""

import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.elasticsearch import EngineError, find_engine
from deploy.local.elasticsearch.account import find_unprivileged_account
from deploy.local.elasticsearch.distribution import find_distribution
from deploy.local.elasticsearch.jdk import get_jdk
from deploy.local.elasticsearch.maven import get_maven
from deploy.local.elasticsearch.node import find_free_ports
from deploy.local.environment import EnvironmentFile

CHOICES = ("", "elasticsearch", "embedded")
# Tells the engine we have started from one that somebody else has put into the file.
OWN_URL = "LOCAL_ENGINE_URL"


class SearchError(Exception):
    """The search that was insisted on cannot be had, or there is no such choice."""


@dataclass(frozen=True)
class SearchPlan:
    """Choice of the engine that answers searches.

    ``url`` is the engine's address, or ``None`` for the database's own search. ``is_own`` says that it is this data
    directory's engine; with ``port`` it still has to be started. ``note`` is what a person should know about it.
    """

    url: str | None
    note: str
    is_own: bool = False
    port: int | None = None
    is_required: bool = False


def plan_search(environ: Mapping[str, str], stored: EnvironmentFile, data_dir: Path) -> SearchPlan:
    """Choose by SEARCH and ELASTICSEARCH_URL, else by what this machine has.

    Raises:
        SearchError: if SEARCH is unknown, or insists on an engine that cannot be had.
    """
    choice = environ.get("SEARCH", "")
    if choice not in CHOICES:
        raise SearchError(f"SEARCH={choice} is not known; use SEARCH=elasticsearch, SEARCH=embedded, or leave it out.")
    if choice == "embedded":
        return SearchPlan(None, "Search: the database's own, as asked for (SEARCH=embedded).")
    is_required = choice == "elasticsearch"
    given = environ.get("ELASTICSEARCH_URL") or _find_foreign_url(stored)
    if given:
        return _plan_given(given, is_required=is_required)
    running = find_engine(data_dir)
    if running:
        note = f"Search: the Elasticsearch that is running at {running.url}."
        return SearchPlan(running.url, note, is_own=True, is_required=is_required)
    try:
        jdk = get_jdk(environ, account=find_unprivileged_account())
        is_downloaded = find_distribution(environ) is not None
        if not is_downloaded:
            get_maven(environ)
    except EngineError as error:
        if is_required:
            raise SearchError(str(error)) from error
        note = f"{error}\nSearch: the database's own. Everything works; results are ranked more simply."
        return SearchPlan(None, note)
    port = _choose_port(stored)
    verb = "started" if is_downloaded else "downloaded and started"
    note = f"Search: Elasticsearch, {verb} now (Java {jdk.version}); until its index is filled, the database's own."
    if is_required:
        note = f"Search: Elasticsearch at http://127.0.0.1:{port} (Java {jdk.version})."
    return SearchPlan(f"http://127.0.0.1:{port}", note, is_own=True, port=port, is_required=is_required)


def store_plan(plan: SearchPlan, stored: EnvironmentFile) -> None:
    """Write the address into the file if it is ours; take out an address of ours that no longer holds."""
    if plan.is_own:
        stored.store(ELASTICSEARCH_URL=plan.url, **{OWN_URL: plan.url})
    elif plan.url is None and not _find_foreign_url(stored):
        stored.store(ELASTICSEARCH_URL=None)


def _find_foreign_url(stored: EnvironmentFile) -> str | None:
    url = stored.find("ELASTICSEARCH_URL")
    return url if url and url != stored.find(OWN_URL) else None


def _plan_given(url: str, *, is_required: bool) -> SearchPlan:
    if _answers(url):
        return SearchPlan(url, f"Search: Elasticsearch at {url}.", is_required=is_required)
    if is_required:
        raise SearchError(f"Elasticsearch at {url} (ELASTICSEARCH_URL) does not answer.")
    return SearchPlan(url, f"Elasticsearch at {url} does not answer; search comes from the database until it does.")


def _answers(url: str) -> bool:
    first = url.split(",", maxsplit=1)[0].strip()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(first, timeout=3).close()
    except urllib.error.HTTPError:
        return True
    except (OSError, ValueError):
        return False
    return True


def _choose_port(stored: EnvironmentFile) -> int:
    former = (stored.find(OWN_URL) or "").rpartition(":")[2]
    return find_free_ports(1, [int(former) if former.isdigit() else 0])[0]
