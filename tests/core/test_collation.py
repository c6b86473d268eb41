"""Order by each language's own rules, as keys that a database compares by code points."""

import pytest

from cms.core.collation import KEY_LENGTH, build_sort_key

ORDERS = [
    ("da", ["Café", "Cafeteria", "Én indgang", "Idébank", "Idrætstilbud", "vejle", "Ynde", "Zone", "Ærø", "Østerbro"]),
    ("da", ["Zone", "Ægtefælle", "Øre", "Aalborg", "Aarhus", "Årstid"]),
    ("da", ["Müller", "Mynte"]),
    ("pl", ["Lato", "Łódź", "Mama", "Osa", "Ósemka", "Pan", "Zdrowie", "Źródło", "Żaba"]),
    ("de", ["Ofen", "Öl", "Ozean", "Straße", "Zug"]),
    ("lt", ["Ieva", "Yla", "Jonas", "Sala", "Šalis", "Tiltas"]),
    ("ro", ["Avion", "Ărcuș", "Bac", "Sare", "Suc", "Șarpe", "Tata", "Țara"]),
    ("uk", ["Гора", "Ґанок", "Дім", "Іва", "Їжак", "Йод", "Ялта"]),
    ("ar", ["السفر", "العمل", "باب", "سفر"]),
]


@pytest.mark.parametrize(("locale", "words"), ORDERS)
def test_words_stand_in_the_order_of_their_language(locale, words):
    ordered = words[::-1]
    ordered.sort(key=lambda word: build_sort_key(word, locale))

    assert ordered == words


def test_accent_decides_only_between_words_that_are_otherwise_alike():
    words = ["ideal", "idé", "ide"]

    assert sorted(words, key=build_sort_key) == ["ide", "idé", "ideal"]


def test_decomposed_and_invisible_letters_sort_as_what_is_seen():
    assert build_sort_key("A\u030ars\u00adtid") == build_sort_key("Årstid")


def test_scripts_do_not_mix_where_languages_do():
    titles = [("Work", "en"), ("Arbejde", "da"), ("Ялта", "uk"), ("Гора", "uk"), ("باب", "ar")]

    ordered = sorted(titles, key=lambda title: build_sort_key(*title))

    assert [title for title, _locale in ordered] == ["Arbejde", "Work", "Гора", "Ялта", "باب"]


def test_key_of_a_long_title_fits():
    assert len(build_sort_key("Åben rådgivning " * 100)) == KEY_LENGTH
