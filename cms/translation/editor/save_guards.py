"""Guard what wagtail-localize does with a translation's page: it makes drafts, and publishes only what is whole.

wagtail-localize 1.14 publishes a translation with its source's words wherever a passage is missing, and turns an alias that is live
for its original's sake into a live page of its own. ``Translation.save_target`` is the one place that submitting, updating and
publishing translations all go through, so it is wrapped here. Updating all translations of a page, it would also publish those
again that were withdrawn. Remove when it refuses by itself; ``tests/translation`` tells.
"""

from functools import wraps
from typing import Any

from wagtail.models import DraftStateMixin, Page
from wagtail_localize.models import Translation
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from cms.publication.pages.obstacles import ReleaseRefusedError, find_withdrawn_source, refuse_to_bring_back
from cms.publication.pages.services import make_drafts
from cms.translation.checks.translation_checks import describe_blocked_passages
from cms.translation.editor.locks import find_lock
from cms.translation.passages.missing_passages import describe_missing_passages


def guard_updating() -> None:
    """Wrap the view that updates all translations of a page; calling it twice changes nothing."""
    update = UpdateTranslationsView.form_valid
    if hasattr(update, "is_guarded"):
        return

    @wraps(update)
    def form_valid(self: UpdateTranslationsView, form: UpdateTranslationsForm) -> Any:
        if form.cleaned_data["publish_translations"]:
            translations = self.object.translations.filter(enabled=True)
            refuse_to_bring_back(translation.get_target_instance() for translation in translations)
        return update(self, form)

    form_valid.is_guarded = True  # type: ignore[attr-defined]
    UpdateTranslationsView.form_valid = form_valid


def guard_saving() -> None:
    """Wrap ``Translation.save_target``; calling it twice changes nothing."""
    save = Translation.save_target
    if hasattr(save, "is_guarded"):
        return

    @wraps(save)
    def save_target(self: Translation, user: Any = None, publish: bool = True) -> Any:
        obstacle = _find_obstacle(self, user, publish=publish)
        if obstacle is not None:
            raise ReleaseRefusedError(obstacle)
        pages = Page.objects.filter(translation_key=self.source.object_id, locale=self.target_locale)
        make_drafts(pages.filter(alias_of__isnull=False))
        return save(self, user=user, publish=publish)

    save_target.is_guarded = True  # type: ignore[attr-defined]
    Translation.save_target = save_target


def _find_obstacle(translation: Translation, user: Any, *, publish: bool) -> str | None:
    """Find why a translation is not written now: somebody has locked it, passages are missing, or its source was withdrawn."""
    source = translation.source.get_source_instance()
    models = type(source)._default_manager
    target = models.filter(translation_key=source.translation_key, locale=translation.target_locale).first()
    obstacle = find_lock(target, user) if target is not None else None
    if obstacle is None and publish and isinstance(source, DraftStateMixin):
        title = str(source)
        obstacle = describe_missing_passages(translation, title) or describe_blocked_passages(translation, title)
        if obstacle is None and target is not None:
            obstacle = find_withdrawn_source(target)
    return obstacle
