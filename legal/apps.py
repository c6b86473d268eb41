"""App configuration of the law."""

from importlib import import_module

from django.apps import AppConfig


class LegalConfig(AppConfig):
    """Registers acts and law notes, and how a citation is resolved."""

    name = "legal"
    label = "legal"
    verbose_name = "Law"

    def import_models(self) -> None:
        """Load the models, the law note's page included: it stands in a room above ``legal.models``, which cannot import it."""
        super().import_models()
        import_module("legal.notes.law_note_page")

    def ready(self) -> None:
        from cms.exchange.registry import bundle_registry
        from cms.publication.registry import (
            ContentType,
            TimedJob,
            register_follower,
            register_job,
            register_type,
            registry,
        )
        from legal import checks  # noqa: F401 - checks register themselves
        from legal.citing.released_texts import finish_text, is_finished_from
        from legal.enums import ACT, LAW_NOTE
        from legal.harvest.services import harvest_daily
        from legal.notes.bundles import LAW_NOTE_KIND
        from legal.notes.completeness import find_incomplete_note
        from legal.notes.law_note_page import LawNotePage
        from legal.notes.law_note_serializers import LawNoteSerializer
        from legal.reviews.consequences import list_review_consequences
        from legal.reviews.followers import ReviewFollower
        from legal.serializers import ActSerializer
        from legal.works.commencement_events import COMMENCEMENTS
        from legal.works.json_ld import build_act_json_ld, build_law_note_json_ld
        from legal.works.released_end import find_released_end

        register_type(
            ContentType(
                ACT,
                "Act",
                ActSerializer,
                calendar_events=COMMENCEMENTS,
                build_json_ld=build_act_json_ld,
                find_end=find_released_end,
                is_mirrored_by_default=False,
                imported_by="legal_import",
            )
        )
        register_type(
            ContentType(
                LAW_NOTE,
                "Law note",
                LawNoteSerializer,
                LawNotePage,
                calendar_events=COMMENCEMENTS,
                build_json_ld=build_law_note_json_ld,
                template="portal/law_note.html",
                is_news=True,
                is_hidden_when_outdated=True,
            )
        )
        registry.gap_finders.append(find_incomplete_note)
        registry.finish_text = finish_text
        registry.is_finished_from = is_finished_from
        registry.consequence_finders.append(list_review_consequences)
        bundle_registry.register(LAW_NOTE_KIND)
        register_follower(ReviewFollower())
        register_job(TimedJob("legal-harvest", harvest_daily, every_seconds=600))
