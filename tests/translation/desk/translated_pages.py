"""Articles that are translated with wagtail-localize, as the desk's tests need them."""

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from wagtail.models import GroupPagePermission, Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.exchange.sites import get_home, get_locale
from cms.translation.enums import WorkState
from cms.translation.models import TranslationTask
from tests.factories.pages import make_page, publish

POLISH = {
    "Må jeg arbejde?": "Czy mogę pracować?",
    "Ja, fra den første dag.": "Tak, od pierwszego dnia.",
    "Du skal have et kort.": "Musisz mieć kartę.",
    "Kortet koster 100 kr.": "Karta kosztuje 100 koron.",
}


def build_body(*paragraphs: str) -> list[dict[str, Any]]:
    """Build a body of paragraphs whose blocks keep their names from one text to the next."""
    return [
        {"type": "paragraph", "value": f"<p>{text}</p>", "id": f"00000000-0000-4000-8000-00000000000{number}"}
        for number, text in enumerate(paragraphs)
    ]


def make_source(**values: Any) -> Any:
    """Publish a Danish article with a title, an answer and two paragraphs."""
    from wagtail.blocks import StreamValue

    page = make_page(title="Må jeg arbejde?", answer="Ja, fra den første dag.", **values)
    block = type(page)._meta.get_field("body").stream_block
    page.body = StreamValue(block, build_body("Du skal have et kort.", "Kortet koster 100 kr."), is_lazy=True)
    return publish(page)


def change_source(page: Any, *paragraphs: str, significance: str = "substantive", **values: Any) -> Any:
    """Publish the article with other paragraphs."""
    from wagtail.blocks import StreamValue

    block = type(page)._meta.get_field("body").stream_block
    body = StreamValue(block, build_body(*paragraphs), is_lazy=True)
    return publish(page, body=body, significance=significance, **values)


def translate_whole(page: Any, locale: str = "pl") -> Translation:
    """Translate every passage of an article and publish it."""
    get_home(locale)
    translate_object(page, [get_locale(locale)])
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code=locale)
    for segment in translation.source.stringsegment_set.exclude(context__path="slug"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            data=POLISH.get(segment.string.data, f"{locale}: {segment.string.data}"),
        )
    translation.source.create_or_update_translation(translation.target_locale, publish=False, fallback=True)
    translation.get_target_instance().get_latest_revision().publish()
    return translation


def make_task(page: Any, locale: str = "pl", state: str = WorkState.CURRENT, **values: Any) -> TranslationTask:
    """Store where the translation of a page stands."""
    from django.utils import timezone

    values = {"since": timezone.now(), **values, "state": state}
    task, _is_new = TranslationTask.objects.update_or_create(
        content_id=page.translation_key, locale=locale, defaults=values
    )
    return task


def make_translator(name: str, *locales: str, permissions: tuple[str, ...] = ("add", "change", "publish")) -> User:
    """Make a person who may write, change and publish in some languages and nowhere else."""
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for locale in locales:
        for codename in permissions:
            permission = Permission.objects.get(codename=f"{codename}_page", content_type__app_label="wagtailcore")
            GroupPagePermission.objects.create(group=group, page=get_home(locale), permission=permission)
    address = f"{name.encode('ascii', 'ignore').decode()}@example.dk"
    user = User.objects.create_user(name, email=address, password="et langt kodeord")
    user.groups.add(group)
    return user


def find_page(page: Any, locale: str = "pl") -> Any:
    """Find the page of a language, as it is stored."""
    return type(page).objects.get(translation_key=page.translation_key, locale=Locale.objects.get(language_code=locale))
