"""Indices and their aliases: created when missing, replaced by an atomic swap, never edited in place."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch, NotFoundError

from cms.core.languages import LANGUAGES
from search.elastic.analysis import find_analysis
from search.elastic.index_names import NEXT, READ, WRITE, build_alias, build_index_name
from search.elastic.mappings import build_mappings, build_settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Aliases:
    """Map of aliases to the indices they point to at this moment."""

    indices: dict[str, tuple[str, ...]]

    def find_index(self, locale: str, role: str) -> str | None:
        """Return the index behind a language's alias, ``None`` if there is none."""
        return next(iter(self.indices.get(build_alias(locale, role), ())), None)

    def list_in_use(self, locale: str) -> list[str]:
        """List the indices of a language that are read or written to."""
        return sorted({name for role in (READ, WRITE) for name in self.indices.get(build_alias(locale, role), ())})

    def list_write_aliases(self, locale: str) -> list[str]:
        """List the aliases that follow the log: the one in use, and the one a rebuild is filling."""
        return [alias for role in (WRITE, NEXT) if (alias := build_alias(locale, role)) in self.indices]

    def list_missing(self, role: str) -> list[str]:
        """List the languages without an alias in this role."""
        return [locale for locale in LANGUAGES if build_alias(locale, role) not in self.indices]


def load_aliases(client: Elasticsearch) -> Aliases:
    """Ask the cluster for all our aliases."""
    try:
        answer = client.indices.get_alias(name=f"{settings.SEARCH_INDEX_PREFIX}-*").body
    except NotFoundError:
        return Aliases({})
    indices: dict[str, tuple[str, ...]] = {}
    for index, found in sorted(answer.items()):
        for alias in found["aliases"]:
            indices[alias] = (*indices.get(alias, ()), index)
    return Aliases(indices)


def create_index(client: Elasticsearch, locale: str, roles: Iterable[str], **overrides: Any) -> str:
    """Create an index for a language with the best analysis the cluster can give; returns its name."""
    analysis = find_analysis(client, locale)
    name = build_index_name(locale, datetime.now(tz=UTC))
    client.indices.create(
        index=name,
        settings=build_settings(analysis) | overrides,
        mappings=build_mappings() | {"_meta": {"analysis": analysis.source}},
        aliases={build_alias(locale, role): {} for role in roles},
        wait_for_active_shards=1,
    )
    logger.info("index %s created, analysis: %s", name, analysis.source)
    return name


def add_missing_fields(client: Elasticsearch, index: str) -> None:
    """Add the fields an index lacks since it was created: those of a newer release, or of a language added since.

    Fields that are there stay as they are; what was written before has no value in new ones until the index is rebuilt.
    """
    found = next(iter(client.indices.get_mapping(index=index).body.values()))
    missing = _subtract(build_mappings()["properties"], found["mappings"].get("properties", {}))
    if missing:
        client.indices.put_mapping(index=index, properties=missing)
        logger.warning("index %s got the fields %s; search_rebuild fills them", index, ", ".join(sorted(missing)))


def _subtract(wanted: Mapping[str, Any], there: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the fields that are not there, with the objects they stand in."""
    missing: dict[str, Any] = {}
    for name, definition in wanted.items():
        if name not in there:
            missing[name] = definition
        elif "properties" in definition:
            inner = _subtract(definition["properties"], there[name].get("properties", {}))
            if inner:
                missing[name] = {"properties": inner}
    return missing


def swap(client: Elasticsearch, locale: str, index: str) -> list[str]:
    """Let readers and the follower move to ``index`` and delete what they used, in one step; returns what was deleted.

    An index that neither of them uses belongs to somebody else and stays. Called by who holds the language's indices.
    """
    old = [name for name in load_aliases(client).list_in_use(locale) if name != index]
    actions: list[dict[str, Any]] = [{"remove_index": {"index": name}} for name in old]
    actions += [{"add": {"index": index, "alias": build_alias(locale, role)}} for role in (READ, WRITE)]
    actions.append({"remove": {"index": index, "alias": build_alias(locale, NEXT), "must_exist": False}})
    client.indices.update_aliases(actions=actions)
    return old


def list_indices(client: Elasticsearch, locale: str) -> list[str]:
    """List all indices of a language, those left behind by an interrupted rebuild included."""
    prefix = f"{settings.SEARCH_INDEX_PREFIX}-{locale.lower()}-"
    found = client.indices.get(index=f"{prefix}*", expand_wildcards="all").body
    return sorted(name for name in found if name[len(prefix) :].isdigit())


def delete_index(client: Elasticsearch, name: str) -> None:
    """Delete an index if it is there."""
    client.indices.delete(index=name, ignore_unavailable=True)


def find_analyzers(client: Elasticsearch) -> dict[str, str]:
    """Return by language what stems the index that is read: built-in, plugin, hunspell or folding."""
    found: dict[str, str] = {}
    for locale in LANGUAGES:
        try:
            answer = client.indices.get_mapping(index=build_alias(locale, READ)).body
        except NotFoundError:
            continue
        found[locale] = next(iter(answer.values()))["mappings"].get("_meta", {}).get("analysis", "unknown")
    return found
