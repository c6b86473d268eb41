"""The editor's words: Wagtail's and wagtail-localize's English ones, and the Danish that editors read for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import wagtail
from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation.trans_real import DjangoTranslation, TranslationCatalog, translation
from polib import POEntry, POFile, pofile
from wagtail.blocks import Block, ListBlock
from wagtail.blocks.stream_block import BaseStreamBlock
from wagtail.blocks.struct_block import BaseStructBlock
from wagtail.fields import StreamField
from wagtail.users.templatetags.wagtailusers_tags import normalize_permission_label

from deploy.local.children import REPOSITORY
from deploy.local.words.catalogues import list_catalogues
from deploy.local.words.faults import BORROWED_PACKAGE

DOMAINS = ["django", "djangojs"]
FOLDER = Path(settings.LOCALE_PATHS[0]) / "da" / "LC_MESSAGES"
# Words that are the same in both languages, names of parts of Wagtail that no editor sees, and patterns without a word.
SAME_IN_BOTH = {
    "%(field_label)s:",
    "%(num)s pixel",
    "%(range_start)s - %(range_end)s",
    "%(related_model_name)s %(field_label)s",
    "%(status_display)s %(task_name)s %(started_at)s",
    "%(value)s million",
    "%(time_zone_option)s: %(localized_time_zone_label)s",
    "Administrator",
    "Alias",
    "App",
    "Filter",
    "Format",
    "ID",
    "Layout",
    "Link",
    "Privat",
    "Status",
    "Status %(status)s",
    "Status: ",
    "Taggit",
    "Token",
    "Type",
    "URL",
    "Upload",
    "Wagtail API v2",
    "Wagtail API v3",
    "Wagtail frontend cache",
    "Wagtail routablepage",
    "Wagtail sitemaps",
    "port",
    "status",
}
# Permissions carry these names in the database; Wagtail's form of a group translates them.
NAMES_OF_PERMISSIONS = {"Can publish", "Can submit translations"}
# Templates that are copied for the sake of words Wagtail and wagtail-localize did not mark: path in the app, to what was put in.
COPIES = {
    ("wagtail/admin", "cms/core", "wagtailadmin/shared/headers/_actions.html"): {
        "{# Actions divider": "{% load i18n %}\n{# Actions divider",
        'aria-label="Actions"': 'aria-label="{% translate "Actions" %}"',
    },
    ("wagtail/admin", "cms/core", "wagtailadmin/tables/boolean_cell.html"): {
        "{% load wagtailadmin_tags %}": (
            '{% load i18n wagtailadmin_tags %}{% translate "Yes" as yes %}{% translate "No" as no %}'
        ),
        "{% icon title=value|stringformat:'s' name=\"check\"": '{% icon title=yes name="check"',
        "{% icon title=value|stringformat:'s' name=\"cross\"": '{% icon title=no name="cross"',
    },
    ("wagtail_localize/locales", "cms/translation", "wagtaillocales/index.html"): {
        f"{{# TODO Make this translatable #}}\n{' ' * 32}": "",
        "{{ locale.num_pages }} pages": '{% translate "Pages" %}: {{ locale.num_pages }}',
        " + {{ locale.num_others }} others": ', {% translate "others" %}: {{ locale.num_others }}',
    },
}
# What has to stand in a translation as it stands in the source: %(name)s, %s, {name}, {}, <b>, href="…".
PLACEHOLDER = re.compile(r'%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+|\bhref="[^"]*"')


@dataclass(frozen=True)
class Word:
    """A message in one of its forms."""

    domain: str
    source: str
    danish: str


def list_apps() -> list[AppConfig]:
    """List the apps that have no test of their words of their own: neither Django's nor those of this house.

    Of Django's the times that have passed are said otherwise here: “for en time siden”, not “en time siden”.
    """
    return [
        app
        for app in apps.get_app_configs()
        if (not app.name.startswith("django.") or app.name == "django.contrib.humanize")
        and "site-packages" in Path(app.path).parts
    ]


def list_shipped(app: AppConfig, domain: str) -> dict[str, POEntry]:
    """List what an app says in English: key of the catalogue to entry."""
    path = Path(app.path) / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    if not path.is_file():
        return {}
    return {build_key(entry): entry for entry in pofile(str(path)) if not entry.obsolete}


def build_key(entry: POEntry) -> str:
    """Build the key under which gettext keeps an entry: the message, after its context where it has one."""
    return f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid


def read_words(domain: str) -> Iterator[Word]:
    """Read what an editor sees for every shipped message; empty where Django would show the English one."""
    for app in list_apps():
        catalogue = load_catalogue(app, domain)
        for key, entry in list_shipped(app, domain).items():
            if entry.msgid_plural:
                for source, number in ((entry.msgid, 1), (entry.msgid_plural, 2)):
                    yield Word(domain, source, _find_plural(catalogue, key, number))
            else:
                yield Word(domain, entry.msgid, catalogue.get(key, ""))


def load_catalogue(app: AppConfig, domain: str) -> TranslationCatalog:
    """Load what Django looks in: one catalogue of all apps for Python, and for scripts one of each app that has some."""
    if domain == "django":
        return translation("da")._catalog
    return DjangoTranslation("da", domain=domain, localedirs=[str(Path(app.path) / "locale")])._catalog


def _find_plural(catalogue: TranslationCatalog, key: str, number: int) -> str:
    try:
        return catalogue.plural(key, number)
    except KeyError:
        return ""


def read_ours(domain: str) -> POFile:
    return pofile(str(FOLDER / f"{domain}.po"))


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_word_of_the_editor_is_danish(domain: str) -> None:
    words = list(read_words(domain))

    assert len(words) > 100
    assert [word.source for word in words if not word.danish.strip() and word.source.strip()] == []
    assert {word.source for word in words if word.danish == word.source} - SAME_IN_BOTH == set()


@pytest.mark.parametrize("domain", DOMAINS)
def test_danish_words_keep_what_the_editor_fills_in(domain: str) -> None:
    assert [
        word
        for word in read_words(domain)
        if sorted(PLACEHOLDER.findall(word.source)) != sorted(PLACEHOLDER.findall(word.danish))
    ] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_our_catalogue_has_no_word_that_nobody_uses(domain: str) -> None:
    shipped = {key: entry for app in list_apps() for key, entry in list_shipped(app, domain).items()}
    ours = read_ours(domain)

    assert {entry.msgid for entry in ours if build_key(entry) not in shipped} <= NAMES_OF_PERMISSIONS
    assert [
        entry.msgid
        for entry in ours
        if build_key(entry) in shipped and entry.msgid_plural != shipped[build_key(entry)].msgid_plural
    ] == []


def test_our_catalogue_takes_no_word_from_our_own_packages() -> None:
    """Django looks into it first, so that a package's other translation of the same message would be lost."""
    ours = {build_key(entry): entry.msgstr for entry in read_ours("django")}
    taken = {
        (catalogue.package, key, texts[0], ours[key])
        for catalogue in list_catalogues(REPOSITORY)
        if catalogue.locale == "da" and catalogue.package != BORROWED_PACKAGE
        for key, texts in catalogue.texts.items()
        if key in ours and ours[key] != texts[0]
    }

    assert taken == set()


def test_names_of_permissions_are_those_of_the_database(db: None) -> None:
    names = {normalize_permission_label(permission) for permission in Permission.objects.all()}

    assert names >= NAMES_OF_PERMISSIONS
    with override("da"):
        assert all(gettext(name) != name for name in NAMES_OF_PERMISSIONS)


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: copy[2])
def test_copied_template_differs_in_its_words_alone(copy: tuple[str, str, str]) -> None:
    app, package, name = copy
    packages = Path(wagtail.__file__).parents[1]
    source = (packages / app / "templates" / name).read_text(encoding="utf-8")

    for old, new in COPIES[copy].items():
        assert old in source
        source = source.replace(old, new)

    assert (REPOSITORY / package / "templates" / name).read_text(encoding="utf-8") == source


def test_pages_that_make_labels_of_names_have_translated_ones(admin_client: Client) -> None:
    """Wagtail and wagtail-localize show the names of their code there, in every language."""
    danish = {"accept-language": "da"}

    def read(path: str) -> str:
        return admin_client.get(path, headers=danish).content.decode()

    assert re.search(r"\d–\d+ af \d+\s+sider", read("/admin/pages/search/"))
    assert "Rodside" in read("/admin/sites/")
    assert "Slået til" in read("/admin/locales/new/")
    assert "Synkronisér fra" in read("/admin/locales/new/")
    assert "Fra sprog" in read("/admin/localize/reports/translations/")
    assert "Adgangskode" in Client().get("/admin/login/", headers=danish).content.decode()


def list_blocks(block: Block, place: str) -> Iterator[tuple[str, Block]]:
    """List a stream's blocks and theirs, each with the names that lead to it."""
    children = block.child_blocks if isinstance(block, BaseStreamBlock | BaseStructBlock) else {}
    for name, child in children.items():
        yield f"{place}.{name}", child
        yield from list_blocks(child, f"{place}.{name}")
    if isinstance(block, ListBlock):
        yield from list_blocks(block.child_block, place)


def test_every_block_is_labelled_in_the_reader_s_language() -> None:
    """A block without a label shows its own name, which is English for everybody."""
    blocks = {
        place: block
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
        for place, block in list_blocks(field.stream_block, f"{model.__name__}.{field.name}")
    }

    assert "GuidePage.steps.step.title" in blocks
    assert [place for place, block in blocks.items() if not isinstance(block.meta.label, Promise)] == []


@pytest.mark.parametrize("address", ["/admin/jsi18n/", "/admin/localize/jsi18n/"])
def test_scripts_of_the_editor_get_danish_words(admin_client: Client, address: str) -> None:
    script = admin_client.get(address, headers={"accept-language": "da"}).text

    assert '"Cancel": "Annull\\u00e9r"' in script
    assert '"Insert a block": "Inds\\u00e6t en blok"' in script
