"""The check of the words people read, on a small repository with one fault at a time."""

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from deploy.local.words.faults import MACHINE_ORIGIN, READERS_LANGUAGES, get_plural_forms, list_faults

Change = Callable[[Path], None]
PORTAL = "frontend/portal"
TEMPLATE = f"{PORTAL}/templates/portal/home.html"
FORM_COUNTS = {"da": 2, "de": 2, "pl": 4, "uk": 4, "ro": 3, "lt": 4, "ar": 6}


def write_catalogue(root: Path, package: str, locale: str, entries: str, *, head: str = "", forms: str = "") -> None:
    path = root / package / "locale" / locale / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    origin = head or ("" if locale == "da" else f"# {MACHINE_ORIGIN}.\n")
    path.write_text(
        f'{origin}msgid ""\nmsgstr ""\n"Language: {locale}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Plural-Forms: {forms or get_plural_forms(locale)}\\n"\n\n{entries}',
        encoding="utf-8",
    )
    compile_catalogue(path)


def compile_catalogue(path: Path) -> None:
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def build_entries(locale: str) -> str:
    forms = "".join(f'msgstr[{form}] "%(count)s x"\n' for form in range(FORM_COUNTS[locale]))
    return (
        'msgid "Home"\nmsgstr "Y"\n\nmsgid "Page %(number)s"\nmsgstr "%(number)s z"\n\n'
        f'msgid "%(count)s text"\nmsgid_plural "%(count)s texts"\n{forms}'
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Provide a repository of one page for readers and one module for editors, complete in every language."""
    template = tmp_path / TEMPLATE
    template.parent.mkdir(parents=True)
    template.write_text(
        '{% load i18n %}\n<h1>{% translate "Home" %}</h1>\n<p>\n'
        "  {% blocktranslate %}Page {{ number }}{% endblocktranslate %}\n"
        "{% blocktranslate count count=n %}{{ count }} text{% plural %}{{ count }} texts{% endblocktranslate %}</p>\n",
        encoding="utf-8",
    )
    module = tmp_path / "cms/publication/models.py"
    module.parent.mkdir(parents=True)
    module.write_text(
        "\nfrom django.utils.translation import gettext_lazy as _\n\nNAME = _('draft')\n", encoding="utf-8"
    )
    for locale in READERS_LANGUAGES:
        write_catalogue(tmp_path, PORTAL, locale, build_entries(locale))
    write_catalogue(tmp_path, "cms/publication", "da", 'msgid "draft"\nmsgstr "kladde"\n')
    return tmp_path


def change_catalogue(locale: str, old: str, new: str, *, is_compiled: bool = True) -> Change:
    def change(root: Path) -> None:
        path = root / PORTAL / "locale" / locale / "LC_MESSAGES" / "django.po"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        if is_compiled:
            compile_catalogue(path)

    return change


def add_to(name: str, text: str) -> Change:
    def change(root: Path) -> None:
        path = root / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return change


def test_complete_repository_has_no_fault(root: Path) -> None:
    assert list_faults(root) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            add_to(TEMPLATE, '{% translate "New" %}'),
            f"{TEMPLATE}:6: no word in {', '.join(READERS_LANGUAGES)}: “New”",
        ),
        (
            add_to(f"{PORTAL}/templates/portal/mail.txt", '{% load i18n %}{% translate "Dear reader" %}'),
            f"{PORTAL}/templates/portal/mail.txt:1: no word in {', '.join(READERS_LANGUAGES)}: “Dear reader”",
        ),
        (
            add_to("cms/publication/models.py", "OTHER = _('live')\n"),
            "cms/publication/models.py:5: no word in da: “live”",
        ),
        (
            add_to("cms/publication/models.py", "OTHER = ContentType('guide', 'Guide')\n"),
            f"cms/publication/models.py:5: no word in {', '.join(READERS_LANGUAGES)}: “Guide”",
        ),
        (
            change_catalogue("pl", 'msgid "Home"\nmsgstr "Y"\n', ""),
            f"{TEMPLATE}:2: no word in pl: “Home”",
        ),
        (
            change_catalogue("uk", 'msgid "Home"\nmsgstr "Y"', 'msgid "Home"\nmsgstr ""'),
            "{po}:8: not translated: “Home”",
        ),
        (change_catalogue("lt", 'msgid "Home"', '#, fuzzy\nmsgid "Home"'), "{po}:8: fuzzy: “Home”"),
        (
            change_catalogue("ro", 'msgid "Home"', '#~ msgid "Old"\n#~ msgstr "O"\n\nmsgid "Home"'),
            "{po}:8: left over: “Old”",
        ),
        (
            change_catalogue("de", 'msgid "Home"', 'msgid "Gone"\nmsgstr "G"\n\nmsgid "Home"'),
            "{po}:8: no code says it: “Gone”",
        ),
        (
            change_catalogue("ar", '"%(number)s z"', '"%(nummer)s z"'),
            "{po}:11: other placeholders than the message: “Page %(number)s”",
        ),
        (
            change_catalogue("pl", 'msgstr[3] "%(count)s x"\n', ""),
            "{po}:14: 3 plural forms instead of 4: “%(count)s text”",
        ),
        (
            change_catalogue("ar", 'msgstr[4] "%(count)s x"', 'msgstr[4] ""'),
            "{po}:14: not translated: “%(count)s text”",
        ),
        (
            change_catalogue("pl", '"%(count)s x"', '"%(sum)s x"'),
            "{po}:14: other placeholders than the message: “%(count)s text”",
        ),
        (
            change_catalogue("de", "(n != 1)", "(n > 1)"),
            f"{{po}}:1: the plural forms are not Django's: {get_plural_forms('de')}",
        ),
        (
            change_catalogue("de", '"Y"', '"Start"', is_compiled=False),
            "{po}:1: the compiled catalogue (.mo) says something else; compile it with msgfmt",
        ),
        (
            change_catalogue("uk", f"# {MACHINE_ORIGIN}.\n", ""),
            f'{{po}}:1: the head does not say "{MACHINE_ORIGIN}"',
        ),
    ],
)
def test_each_fault_is_named_with_its_place(root: Path, change: Change, fault: str) -> None:
    (root / f"{PORTAL}/templates/portal/mail.txt").write_text("", encoding="utf-8")

    change(root)

    faults = [line.replace(_find_catalogue(line), "{po}") for line in list_faults(root)]
    assert fault in faults
    assert len(faults) == 1


def test_word_that_stands_twice_is_named(root: Path) -> None:
    path = root / PORTAL / "locale" / "de" / "LC_MESSAGES" / "django.po"
    path.write_text(path.read_text(encoding="utf-8") + '\nmsgid "Home"\nmsgstr "Y"\n', encoding="utf-8")

    assert [fault.partition(": ")[2] for fault in list_faults(root)] == ["stands there twice: “Home”"]


def test_packages_that_disagree_are_named(root: Path) -> None:
    add_to("cms/publication/models.py", "HOME = _('Home')\n")(root)
    write_catalogue(root, "cms/publication", "da", 'msgid "draft"\nmsgstr "kladde"\n\nmsgid "Home"\nmsgstr "Hjem"\n')

    assert list_faults(root) == [
        "frontend/portal/locale/da/LC_MESSAGES/django.po:7: "
        "cms/publication/locale/da/LC_MESSAGES/django.po says it otherwise: “Home”"
    ]


def test_form_of_one_may_say_its_number_in_a_word(root: Path) -> None:
    change_catalogue("ar", 'msgstr[2] "%(count)s x"', 'msgstr[2] "نصان"')(root)

    assert list_faults(root) == []


def _find_catalogue(fault: str) -> str:
    path = fault.partition(":")[0]
    return path if path.endswith(".po") else "{po}"
