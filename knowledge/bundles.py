"""Bundle kinds of knowledge pages."""

from collections.abc import Mapping
from typing import Any

from cms.core.languages import LANGUAGES
from cms.exchange.bundle_fields import build_object, set_blocks_of
from cms.exchange.conversion.html_conversion import read_passage
from cms.exchange.registry import BundleKind, References
from cms.exchange.schema import SOURCE_ID, TEXT
from knowledge import models
from knowledge.enums import PracticeStatus

TIME = {"type": ["string", "null"], "pattern": r"^$|^([01]\d|2[0-3]):[0-5]\d$"}
PRACTICE_TEXTS = ("problem", "what_we_did", "what_it_took", "what_came_of_it", "elsewhere")


GUIDE_SCHEMA = build_object(
    steps={
        "type": "array",
        "items": {
            **build_object(
                title={"type": "string", "minLength": 1, "maxLength": 200},
                html=TEXT,
                bring={"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 200}},
                where={"anyOf": [SOURCE_ID, {"type": "null"}]},
                how_long={"type": ["string", "null"], "maxLength": 200},
            ),
            "required": ["title", "html"],
        },
    }
)


def read_guide(page: Any, fields: Mapping[str, Any], references: References) -> None:
    """Set the steps; ``where`` is the source id of a contact point."""
    locale = page.locale.language_code
    steps = [
        {
            "title": step["title"],
            "html": read_passage(step["html"]),
            "bring": step.get("bring", []),
            "where": references.find_page(step["where"], locale).pk if step.get("where") else None,
            "how_long": step.get("how_long") or "",
        }
        for step in fields.get("steps", [])
    ]
    set_blocks_of(page, "steps", "step", steps)


def write_guide(page: Any, references: References) -> dict[str, Any]:
    """Build ``{"steps"}``."""
    return {
        "steps": [
            {
                "title": child.value["title"],
                "html": child.value["html"].source,
                "bring": list(child.value["bring"]),
                "where": references.find_source_id(child.value["where"]) if child.value["where"] else None,
                "how_long": child.value["how_long"],
            }
            for child in page.steps
        ]
    }


CONTACT_POINT_SCHEMA = build_object(
    address=build_object(street=TEXT, postal_code=TEXT, city=TEXT),
    phone={"type": ["string", "null"], "maxLength": 40},
    email={"type": ["string", "null"]},
    website={"type": ["string", "null"]},
    hours={
        "type": "array",
        "items": {
            **build_object(days=TEXT, opens=TIME, closes=TIME, note={"type": ["string", "null"]}),
            "required": ["days"],
        },
    },
    languages_spoken={"type": "array", "items": {"enum": list(LANGUAGES)}},
    serves={"type": "string", "maxLength": 600},
)


def read_contact_point(page: Any, fields: Mapping[str, Any], references: References) -> None:
    """Set address, contact, hours, languages and whom it serves."""
    for name in ("street", "postal_code", "city"):
        setattr(page, name, fields.get("address", {}).get(name, ""))
    for name in ("phone", "email", "website", "serves"):
        setattr(page, name, fields.get(name) or "")
    page.languages_spoken = list(fields.get("languages_spoken", []))
    hours = [
        {name: entry.get(name) or "" for name in ("days", "opens", "closes", "note")}
        for entry in fields.get("hours", [])
    ]
    set_blocks_of(page, "hours", "hours", hours)


def write_contact_point(page: Any, references: References) -> dict[str, Any]:
    """Build the fields of a contact point."""
    return {
        "address": page.address,
        "phone": page.phone,
        "email": page.email,
        "website": page.website,
        "hours": [{name: child.value[name] for name in ("days", "opens", "closes", "note")} for child in page.hours],
        "languages_spoken": page.languages_spoken,
        "serves": page.serves,
    }


ARTICLE_SCHEMA = build_object(answer={"type": "string", "maxLength": 400})


def read_article(page: Any, fields: Mapping[str, Any], references: References) -> None:
    """Set the short answer."""
    page.answer = fields.get("answer", "")


def write_article(page: Any, references: References) -> dict[str, Any]:
    """Build ``{"answer"}``."""
    return {"answer": page.answer}


BEST_PRACTICE_SCHEMA = build_object(
    **dict.fromkeys(PRACTICE_TEXTS, TEXT),
    status={"enum": list(PracticeStatus.values)},
    adopted_by={"type": "array", "items": TEXT, "uniqueItems": True},
)


def read_best_practice(page: Any, fields: Mapping[str, Any], references: References) -> None:
    """Set the five texts, the status and who took it over."""
    for name in PRACTICE_TEXTS:
        setattr(page, name, read_passage(fields.get(name, "")))
    page.status = fields.get("status", PracticeStatus.RUNNING)
    page.adopted_by = list(fields.get("adopted_by", []))


def write_best_practice(page: Any, references: References) -> dict[str, Any]:
    """Build the fields of a best practice."""
    texts = {name: getattr(page, name) for name in PRACTICE_TEXTS}
    return {**texts, "status": page.status, "adopted_by": page.adopted_by}


CONSORTIUM_SCHEMA = build_object(
    people={
        "type": "array",
        "items": {
            **build_object(name=TEXT, role=TEXT, email={"type": ["string", "null"]}),
            "required": ["name", "role"],
        },
    }
)


def read_consortium(page: Any, fields: Mapping[str, Any], references: References) -> None:
    """Set the people."""
    people = [
        {"name": person["name"], "role": person["role"], "email": person.get("email") or ""}
        for person in fields.get("people", [])
    ]
    set_blocks_of(page, "people", "person", people)


def write_consortium(page: Any, references: References) -> dict[str, Any]:
    """Build ``{"people"}``."""
    return {"people": [{name: child.value[name] for name in ("name", "role", "email")} for child in page.people]}


KINDS = (
    BundleKind("guide", models.GuidePage, "section-guides", GUIDE_SCHEMA, read_guide, write_guide),
    BundleKind(
        "contact-point",
        models.ContactPointPage,
        "section-contact-points",
        CONTACT_POINT_SCHEMA,
        read_contact_point,
        write_contact_point,
    ),
    BundleKind("article", models.ArticlePage, "section-articles", ARTICLE_SCHEMA, read_article, write_article),
    BundleKind(
        "best-practice",
        models.BestPracticePage,
        "section-best-practices",
        BEST_PRACTICE_SCHEMA,
        read_best_practice,
        write_best_practice,
    ),
    BundleKind(
        "consortium", models.ConsortiumPage, "section-consortia", CONSORTIUM_SCHEMA, read_consortium, write_consortium
    ),
)
