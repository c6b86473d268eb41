"""Vocabularies and organisations in a bundle: the terms and names that pages carry as slugs and codes."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cms.core.enums import AudienceKind
from cms.core.languages import LANGUAGES
from cms.core.models import (
    Audience,
    Consortium,
    FocusArea,
    Membership,
    Municipality,
    PolicyArea,
    Topic,
    VocabularyEntry,
)
from cms.core.starter_set import VOCABULARIES
from cms.exchange.bundle_fields import build_object
from cms.exchange.figure_lines import SLUG
from cms.exchange.registry import RecordKind, References
from cms.exchange.schema import DATE, SLUGS
from cms.exchange.sites import get_locale

ORGANISATION = "organisation"
NAME = {"type": "string", "minLength": 1, "maxLength": 120}
TRANSLATED_NAME = {"type": "string", "maxLength": 120}
DAY = {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
CODE = {"type": "string", "pattern": r"^[0-9]{4}$"}
LABELS = build_object(**dict.fromkeys(LANGUAGES, NAME))
MEMBERSHIP = {
    **build_object(municipality=CODE, valid_from=DAY, valid_to=DATE),
    "required": ["municipality", "valid_from"],
}


def build_schema(line_kind: str, source_id: Mapping[str, Any], required: list[str], **fields: Any) -> dict[str, Any]:
    """Build the schema of a line."""
    schema = build_object(
        kind={"const": line_kind}, source_id=source_id, fields={**build_object(**fields), "required": required}
    )
    return {**schema, "required": ["kind", "source_id", "fields"]}


def save_term(model: type[VocabularyEntry], values: Mapping[str, Any], references: References) -> bool:
    """Save the labels a line gives a term; those of other languages stay. Returns whether that changed anything."""
    slug, fields = values["source_id"], values["fields"]
    rows = {row.locale.language_code: row for row in model._default_manager.filter(slug=slug).select_related("locale")}
    name = next(name for name, known in VOCABULARIES.items() if known is model)
    key = next((row.translation_key for row in rows.values()), uuid5(NAMESPACE_URL, f"videnbro:{name}:{slug}"))
    has_changed = False
    for code, label in fields["labels"].items():
        row = rows.get(code) or model(slug=slug, locale=get_locale(code), translation_key=key)
        meant = {"label": label} | ({"kind": fields["kind"]} if "kind" in fields else {})
        if row.pk is None or any(getattr(row, field) != value for field, value in meant.items()):
            for field, value in meant.items():
                setattr(row, field, value)
            row.save()
            has_changed = True
    return has_changed


def write_terms(kind: str, model: type[VocabularyEntry], references: References) -> Iterator[dict[str, Any]]:
    """Write a line for each term, with its labels in the order of the site's languages."""
    terms: dict[str, dict[str, Any]] = {}
    for row in model._default_manager.order_by("slug").select_related("locale"):
        terms.setdefault(row.slug, {})[row.locale.language_code] = row
    for slug, rows in terms.items():
        fields: dict[str, Any] = {"labels": {code: rows[code].label for code in LANGUAGES if code in rows}}
        if model is Audience:
            fields["kind"] = next(iter(rows.values())).kind
        yield {"kind": kind, "source_id": slug, "fields": fields}


def save_municipality(values: Mapping[str, Any], references: References) -> bool:
    """Save the name of a municipality. Returns whether that changed anything."""
    code, name = values["source_id"], values["fields"]["name"]
    if Municipality.objects.filter(code=code, name=name).exists():
        return False
    Municipality.objects.update_or_create(code=code, defaults={"name": name})
    return True


def write_municipalities(references: References) -> Iterator[dict[str, Any]]:
    """Write a line for each municipality."""
    for place in Municipality.objects.order_by("code"):
        yield {"kind": "municipality", "source_id": place.code, "fields": {"name": place.name}}


def save_organisation(values: Mapping[str, Any], references: References) -> bool:
    """Save a consortium and its members. Returns whether that changed anything."""
    slug, fields = values["source_id"], values["fields"]
    consortium = Consortium.objects.filter(slug=slug).first()
    if consortium is not None and _read_fields(_build_fields(consortium)) == _read_fields(fields):
        return False
    consortium = consortium or Consortium(slug=slug)
    consortium.name, consortium.names = fields["name"], fields.get("names", {})
    consortium.focus_areas = fields.get("focus_areas", [])
    consortium.valid_from = date.fromisoformat(fields["valid_from"])
    consortium.valid_to = _read_day(fields.get("valid_to"))
    consortium.memberships = [
        Membership(
            municipality=Municipality.objects.get(code=member["municipality"]),
            valid_from=date.fromisoformat(member["valid_from"]),
            valid_to=_read_day(member.get("valid_to")),
        )
        for member in fields.get("memberships", [])
    ]
    consortium.full_clean()
    consortium.save()
    return True


def write_organisations(references: References) -> Iterator[dict[str, Any]]:
    """Write a line for each consortium."""
    for consortium in Consortium.objects.order_by("slug").prefetch_related("memberships"):
        yield {"kind": ORGANISATION, "source_id": consortium.slug, "fields": _build_fields(consortium)}


def _build_fields(consortium: Consortium) -> dict[str, Any]:
    members = sorted(consortium.memberships.all(), key=lambda member: (member.municipality_id, member.valid_from))
    return {
        "name": consortium.name,
        "names": consortium.names,
        "focus_areas": list(consortium.focus_areas),
        "valid_from": consortium.valid_from.isoformat(),
        "valid_to": consortium.valid_to.isoformat() if consortium.valid_to else None,
        "memberships": [
            {
                "municipality": member.municipality_id,
                "valid_from": member.valid_from.isoformat(),
                "valid_to": member.valid_to.isoformat() if member.valid_to else None,
            }
            for member in members
        ],
    }


def _read_fields(fields: Mapping[str, Any]) -> Any:
    members = {
        (member["municipality"], member["valid_from"], member.get("valid_to"))
        for member in fields.get("memberships", [])
    }
    rest = (fields.get("names", {}), fields.get("focus_areas", []), fields["valid_from"], fields.get("valid_to"))
    return fields["name"], *rest, members


def _read_day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _list_no_problems(values: Mapping[str, Any]) -> Iterator[str]:
    return iter(())


def _get_key(record: Any, references: References) -> str:
    return str(getattr(record, "slug", record.pk))


def _build_kind(model: Any, schema: Any, save: Any, write: Any) -> RecordKind:
    key = "code" if model is Municipality else "slug"
    return RecordKind(
        schema["properties"]["kind"]["const"],
        model,
        # The members of a consortium are municipalities.
        1 if model is Consortium else 0,
        schema,
        _list_no_problems,
        save,
        lambda source_id, locale, references: model._default_manager.filter(**{key: source_id}).first(),
        _get_key,
        write,
    )


def _build_vocabulary(name: str, model: type[VocabularyEntry], **fields: Any) -> RecordKind:
    schema = build_schema(name, SLUG, ["labels"], labels=LABELS, **fields)
    return _build_kind(model, schema, partial(save_term, model), partial(write_terms, name, model))


VOCABULARY_KINDS = (
    _build_vocabulary("topic", Topic),
    _build_vocabulary("audience", Audience, kind={"enum": list(AudienceKind.values)}),
    _build_vocabulary("focus-area", FocusArea),
    _build_vocabulary("policy-area", PolicyArea),
    _build_kind(
        Municipality,
        build_schema("municipality", CODE, ["name"], name={**NAME, "maxLength": 80}),
        save_municipality,
        write_municipalities,
    ),
    _build_kind(
        Consortium,
        build_schema(
            ORGANISATION,
            SLUG,
            ["name", "valid_from"],
            name=NAME,
            names=build_object(**dict.fromkeys(LANGUAGES, TRANSLATED_NAME)),
            focus_areas=SLUGS,
            valid_from=DAY,
            valid_to=DATE,
            memberships={"type": "array", "items": MEMBERSHIP},
        ),
        save_organisation,
        write_organisations,
    ),
)
