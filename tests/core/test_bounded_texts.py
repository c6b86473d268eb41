"""Writers that keep each text within what its column takes: PostgreSQL refuses what is longer, SQLite stores it.

A column with a limit is filled from a closed list, by a form (pages, snippets and bundle lines are validated as forms are), or by
code that knows the bound. A new one has to be entered here with its writer; what nothing bounds is a ``TextField``.
"""

from django.apps import apps
from django.db import models
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

OURS = ("core", "publication", "exchange", "api", "translation", "legal", "knowledge", "search")

LANGUAGE = "a code of cms.core.languages"
TYPE = "a registered content type"
HASH = "a digest"
ID = "made here"
HOLDER = "cut where it is made"
INTAKE = "legal.lines.act_lines refuses more"
RELEASED = "from the page or the act, whose own column is as long"
CONSTANT = "a word of the code"

WRITERS = {
    "api.ConsumerKey.name": "api_key_create refuses more",
    "api.ConsumerKey.prefix": ID,
    "api.ConsumerKey.digest": HASH,
    "core.FigureAmount.note": "a form, or cms.exchange.figure_lines",
    "core.FigureName.label": "a form, or cms.exchange.figure_lines",
    "core.FigureName.unit": "a form, or cms.exchange.figure_lines",
    "exchange.SourceRecord.source_id": "cms.exchange.schema refuses more",
    "exchange.SourceRecord.locale": LANGUAGE,
    "exchange.SourceRecord.kind": TYPE,
    "legal.Amendment.named": "cut by legal.effects.amendment_clauses",
    "legal.Amendment.place": "cut by legal.grouping.worded_effects",
    "legal.CitedProvision.locale": LANGUAGE,
    "legal.CitedProvision.type": TYPE,
    "legal.CitedProvision.section": "from a citation, whose section has 20 characters as written",
    "legal.CitedProvision.section_to": "from a recognised citation",
    "legal.Commencement.note": "cut by legal.effects, legal.lexdania.document_days and legal.grouping.consequences",
    "legal.Expression.accession_number": INTAKE,
    "legal.Expression.document_id": INTAKE,
    "legal.Expression.document_type": INTAKE,
    "legal.Expression.eli_uri": INTAKE,
    "legal.Expression.journal_number": INTAKE,
    "legal.Expression.lexdania_type": INTAKE,
    "legal.Expression.ministry": INTAKE,
    "legal.Expression.name_key": HASH,
    "legal.Expression.popular_key": HASH,
    "legal.Expression.source_hash": HASH,
    "legal.Expression.source_status": INTAKE,
    "legal.Expression.text_hash": HASH,
    "legal.HarvestDocument.accession_number": "cut by legal.harvest.change_list",
    "legal.HarvestDocument.eli_uri": "legal.harvest.source_addresses refuses more",
    "legal.HarvestDocument.reason": "cut by legal.harvest.change_list",
    "legal.HarvestTurn.holder": HOLDER,
    "legal.LawChange.key": "an ELI URI or two ids, and hashes",
    "legal.Provision.chapter": INTAKE,
    "legal.Provision.label": "cut by legal.language.section_numbers",
    "legal.Provision.section": INTAKE,
    "legal.Relation.target": "cut by legal.lexdania.document_relations and legal.grouping.worded_effects",
    "legal.ReviewTask.locale": LANGUAGE,
    "legal.ReviewTask.reason": "a form, or a word of the code",
    "legal.ReviewTask.type": TYPE,
    "legal.SourceDeviation.eli_uri": INTAKE,
    "legal.SourceDeviation.found_hash": HASH,
    "legal.SourceDeviation.stored_hash": HASH,
    "legal.SourceSnapshot.eli_uri": INTAKE,
    "legal.SourceSnapshot.media_type": "cut by legal.harvest.harvest_queue",
    "legal.SourceSnapshot.sha256": HASH,
    "legal.SourceSnapshot.url": "cut by legal.harvest.harvest_queue",
    "legal.UnknownAct.key": "cut by legal.language.act_titles and legal.waiting.unknown_acts",
    "legal.UnknownAct.locale": LANGUAGE,
    "legal.Work.document_type": INTAKE,
    "legal.Work.ministry": INTAKE,
    "legal.Work.slug": "cut by legal.grouping.work_slugs",
    "legal.WorkName.key": "cut by legal.language.act_titles",
    "publication.ChangedTarget.kind": CONSTANT,
    "publication.ChangedTarget.target": ID,
    "publication.FollowerPosition.holder": HOLDER,
    "publication.FollowerPosition.name": CONSTANT,
    "publication.Release.change_note": RELEASED,
    "publication.Release.consortium": RELEASED,
    "publication.Release.envelope_hash": HASH,
    "publication.Release.etag": HASH,
    "publication.Release.locale": LANGUAGE,
    "publication.Release.source_locale": LANGUAGE,
    "publication.Release.source_version": ID,
    "publication.Release.text_hash": HASH,
    "publication.Release.type": TYPE,
    "publication.Release.version": ID,
    "publication.ReleaseReference.kind": CONSTANT,
    "publication.ReleaseReference.target": ID,
    "publication.ReleaseRendition.text_hash": HASH,
    "publication.SetAsideContent.follower": CONSTANT,
    "publication.Window.consortium": RELEASED,
    "publication.Window.etag": HASH,
    "publication.Window.layout": "cms.core.models.PageLayout",
    "publication.Window.locale": LANGUAGE,
    "publication.Window.state": CONSTANT,
    "publication.Window.title_key": "cms.core.collation.build_sort_key cuts it",
    "publication.Window.type": TYPE,
    "publication.Window.version": ID,
    "publication.Window.visibility": CONSTANT,
    "publication.WindowTerm.facet": CONSTANT,
    "publication.WindowTerm.value": "a slug or a code of a vocabulary",
    "search.SearchText.key": "ids and a section",
    "search.SearchText.kind": CONSTANT,
    "search.SearchText.label": "a provision's",
    "search.SearchText.locale": LANGUAGE,
    "search.SearchText.section": "a provision's",
    "translation.BundleEntry.change_note": "a form",
    "translation.BundleEntry.draft": ID,
    "translation.BundleEntry.locale": LANGUAGE,
    "translation.BundleEntry.version": ID,
    "translation.ReleaseBundle.name": "a form",
    "translation.Definition.text": "a form, or cms.translation.glossary.csv_lines",
    "translation.PassageApproval.digest": HASH,
    "translation.PassageApproval.locale": LANGUAGE,
    "translation.PassageApproval.reason": "a form",
    "translation.Term.term": "a form, or cms.translation.glossary.csv_lines",
    "translation.TranslationStep.reason": "a form, or a word of the code",
    "translation.TranslationStep.version": ID,
    "translation.TranslationTask.locale": LANGUAGE,
}


def is_edited(model):
    """Say whether a model is only filled through forms, or validated as a form is."""
    return issubclass(model, Page) or model in get_snippet_models()


def test_every_text_with_a_limit_has_a_writer_who_keeps_it():
    limited = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OURS and not is_edited(model)
        for field in model._meta.local_fields
        if isinstance(field, models.CharField) and field.max_length is not None and not field.choices
    }

    assert sorted(limited ^ set(WRITERS)) == []
