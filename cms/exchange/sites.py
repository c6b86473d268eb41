"""Parents of imported pages: the home page of each language and the sections under it."""

from uuid import UUID

from django.db import transaction
from wagtail.models import Locale, Page, Site

from cms.core.languages import LANGUAGES, SOURCE_LANGUAGE
from cms.core.models import PageLayout, StandardPage
from cms.exchange.identity import derive_content_id
from cms.exchange.models import SourceRecord

HOME_SOURCE_ID = "home"


def get_locale(language_code: str) -> Locale:
    """Return the locale of one of the site's languages, made when it is not there yet."""
    return Locale.objects.get_or_create(language_code=language_code)[0]


@transaction.atomic
def get_home(language_code: str) -> StandardPage:
    """Return the home page of a language; a new one is a draft until somebody publishes it."""
    content_id = derive_content_id(HOME_SOURCE_ID)
    record = SourceRecord.objects.filter(source_id=HOME_SOURCE_ID).order_by("pk").first()
    if record is not None:
        content_id = record.content_id
    home: StandardPage | None = StandardPage.objects.filter(
        translation_key=content_id, locale__language_code=language_code
    ).first()
    return home or _add_home(language_code, content_id)


def _add_home(language_code: str, content_id: UUID) -> StandardPage:
    root = Page.get_first_root_node()
    home = StandardPage(
        title=LANGUAGES[language_code].endonym,
        slug=HOME_SOURCE_ID if language_code == SOURCE_LANGUAGE else f"{HOME_SOURCE_ID}-{language_code}",
        layout=PageLayout.HOME,
        locale=get_locale(language_code),
        translation_key=content_id,
        live=False,
    )
    if language_code == SOURCE_LANGUAGE:
        _clear_welcome_page()
        root.refresh_from_db()
        root.add_child(instance=home)
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Videnbro"}
        )
    else:
        get_home(SOURCE_LANGUAGE)
        root.refresh_from_db()
        root.add_child(instance=home)
    return home


def _clear_welcome_page() -> None:
    """Remove the page that Wagtail's first migration makes; it carries the slug of the Danish home page."""
    for page in Page.objects.filter(depth=2, slug=HOME_SOURCE_ID):
        if page.specific_class is Page:
            Site.objects.filter(root_page=page).delete()
            page.delete()
