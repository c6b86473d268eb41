"""Builders of the API's documents of acts and sections from works, expressions and provisions."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from django.utils.html import escape
from rest_framework.serializers import Serializer

from cms.core.languages import SOURCE_LANGUAGE
from cms.publication.log.drafts import ReleaseDraft
from legal.language.section_numbers import build_anchor
from legal.models import Amendment, Expression, Provision, Work
from legal.models.act_references import build_act_reference, build_url
from legal.provisions.section_html import build_provision_html
from legal.provisions.structure import parse_section
from legal.serializers import ActDetailSerializer, ActSerializer, ProvisionSerializer
from legal.works.act_timeline import build_timeline
from legal.works.json_ld import build_act_json_ld
from legal.works.section_statuses import derive_section_status
from legal.works.statuses import build_citation_line, derive_status
from legal.works.work_facts import WorkFacts, list_commencements, list_pending_amendments, load_facts, load_force_facts
from legal.works.work_relations import build_incoming, build_relations

LOCALE = "da"


def build_release_draft(facts: WorkFacts, sections: Iterable[Provision], applies_from: date, day: date) -> ReleaseDraft:
    """Build what is released of an act: no provision texts. ``day`` is the one its status is told for."""
    fields = _build_act_fields(facts, facts.expressions[0], sections, day)
    document = _get_serializer(ActSerializer).to_representation(fields)
    return ReleaseDraft(
        content_id=facts.work.content_id,
        locale=LOCALE,
        type="act",
        document=document,
        path=facts.work.path,
        applies_from=applies_from,
    )


@cache
def _get_serializer(serializer: type[Serializer[Any]]) -> Serializer[Any]:
    """Return one serializer of a kind for all: making one copies every field, most of the work for a small act."""
    return serializer()


def build_act_document(work: Work, as_of: date, *, has_texts: bool = True) -> dict[str, Any] | None:
    """Build an act at a date; ``None`` before its first expression. 14 queries.

    ``has_texts`` says whether the texts of its sections are built too, which takes longest.
    """
    facts = load_facts([work])[work.pk]
    applying = facts.find_text_at(as_of)
    if applying is None:
        return None
    provisions = list(Provision.objects.served().filter(expression=applying).order_by("ordinal"))
    fields = _build_act_fields(facts, applying, provisions, as_of)
    grounds = facts.build_grounds(applying)
    fields |= {
        "id": work.content_id,
        "type": "act",
        "locale": LOCALE,
        "url": build_url(work.path),
        "as_of": as_of,
        "expression": applying,
        "provisions": [
            {
                **_build_provision_text(work, provision, f"{build_anchor(provision.section)}-"),
                "status": derive_section_status(grounds, fields["status"], provision.section, as_of),
            }
            for provision in (provisions if has_texts else ())
        ],
        "timeline": build_timeline(facts),
        "relations": build_relations(facts.expressions),
        "incoming_relations": build_incoming(work),
    }
    document = dict(_get_serializer(ActDetailSerializer).to_representation(fields))
    return document | {"json_ld": build_act_json_ld(document)}


def explain_status(work: Work, day: date, language: str) -> str:
    """Explain what the status of an act on a day is concluded from, in a language; "" before its first text. Five queries."""
    facts = load_force_facts([work])[work.pk]
    expression = facts.find_text_at(day)
    return derive_status(facts.build_grounds(expression), day, language)["derived_from"] if expression else ""


def build_provision(work: Work, section: str, as_of: date, *, language: str = SOURCE_LANGUAGE) -> dict[str, Any] | None:
    """Build one section at a date, the reason of its status in a language. Eight queries.

    ``None`` when the act or the section is not there on that day.
    """
    facts = load_force_facts([work])[work.pk]
    expression = facts.find_text_at(as_of)
    provision = Provision.objects.find_section(expression, section) if expression else None
    if expression is None or provision is None:
        return None
    grounds = facts.build_grounds(expression)
    previous, following = Provision.objects.find_neighbours(provision)
    fields = {
        **_build_provision_text(work, provision),
        "status": derive_section_status(
            grounds, derive_status(grounds, as_of, language), provision.section, as_of, language
        ),
        "parts": parse_section(provision.text).children,
        "act": build_act_reference(work, expression),
        "expression": expression,
        "as_of": as_of,
        "transitional": False,
        "previous": _build_section_reference(work, previous),
        "next": _build_section_reference(work, following),
    }
    return dict(_get_serializer(ProvisionSerializer).to_representation(fields))


def _build_act_fields(
    facts: WorkFacts, expression: Expression, provisions: Iterable[Provision], day: date
) -> dict[str, Any]:
    work = facts.work
    line = build_citation_line(expression)
    summary = f"{line[:1].upper()}{line[1:]}"
    return {
        "title": work.title,
        "summary": summary,
        "short_title": work.short_title,
        "document_type": expression.document_type,
        "number": expression.number,
        "year": expression.year,
        "eli_uri": expression.eli_uri,
        "signed_date": expression.signed_date,
        "abbreviations": work.abbreviations,
        "jurisdiction": work.jurisdiction,
        "status": derive_status(facts.build_grounds(expression), day),
        "commencements": facts.commencements,
        "ministry": work.ministry,
        "names": facts.names,
        "repealed_on": work.repealed_on,
        "repealed_by": work.repealed_by,
        "pending_amendments": [
            _build_pending(amendment) for amendment in list_pending_amendments(facts, max(day, expression.signed_date))
        ],
        "expressions": facts.expressions,
        "sections": [_build_section_entry(provision) for provision in provisions],
        "html": (
            f'<div lang="da" dir="ltr"><p>{escape(work.title)}</p>'
            f'<p><a href="{escape(expression.eli_uri)}">{escape(summary)}</a></p></div>'
        ),
        "blocks": [],
        "citations": [],
        "related": [],
    }


def _build_pending(amendment: Amendment) -> dict[str, Any]:
    text = amendment.expression
    return {
        "expression": text,
        "act": build_act_reference(text.work, text) if text.work else None,
        "place": amendment.place,
        "sections": amendment.provisions,
        "commencements": list_commencements([text]),
    }


def _build_section_entry(provision: Provision) -> dict[str, Any]:
    return {"section": provision.section, "label": provision.label, "chapter": provision.chapter or None}


def _build_provision_text(work: Work, provision: Provision, prefix: str = "") -> dict[str, Any]:
    return {
        **_build_section_entry(provision),
        "text": provision.text,
        "html": build_provision_html(provision.text, prefix),
        "url": build_url(work.build_section_path(provision.section)),
    }


def _build_section_reference(work: Work, provision: Provision | None) -> dict[str, str] | None:
    if provision is None:
        return None
    return {"section": provision.section, "url": build_url(work.build_section_path(provision.section))}
