"""A section as a tree of parts."""

import pytest
from hypothesis import given

from legal.provisions.structure import Part, build_part_anchor, find_part, parse_section
from tests.legal.provisions.provision_texts import provision_texts


def list_paths(part):
    """The addresses below a part, in printed order."""
    return [path for child in part.children for path in (child.path, *list_paths(child))]


def read(text, **address):
    found = find_part(parse_section(text), **address)
    return found.build_text().strip() if found else None


SPOUSES = (
    "§ 9. Der kan efter ansøgning gives opholdstilladelse til 1) en udlænding over 24 år, som samlever på fælles bopæl med en "
    "person over 24 år, der a) har dansk indfødsret, b) har statsborgerskab i et af de andre nordiske lande eller c) har "
    "opholdstilladelse efter § 7, stk. 1 eller 2, eller § 8 og 2) et ugift mindreårigt barn under 15 år. Tilladelsen er "
    "betinget. Stk. 2. Stk. 1 gælder ikke, jf. stk. 3, nr. 2. Stk. 3 og 4. (Ophævet) Stk. 5. Afgørelsen træffes."
)


def test_section_is_read_as_stk_nr_and_litra():
    section = parse_section(SPOUSES)

    assert (section.kind, section.number, section.path) == ("section", "9", "")
    assert list_paths(section) == [
        "stk-1",
        "stk-1/nr-1",
        "stk-1/nr-1/litra-a",
        "stk-1/nr-1/litra-b",
        "stk-1/nr-1/litra-c",
        "stk-1/nr-2",
        "stk-2",
        "stk-3-4",
        "stk-5",
    ]


def test_part_says_where_it_stands():
    litra = find_part(parse_section(SPOUSES), stk=1, nr=1, litra="b")

    assert litra == Part(
        kind="litra",
        number="b",
        path="stk-1/nr-1/litra-b",
        marker="b)",
        text="b) har statsborgerskab i et af de andre nordiske lande eller ",
        start=SPOUSES.index("b) har"),
        end=SPOUSES.index("c) har"),
    )
    assert litra.anchor == build_part_anchor(1, 1, "b") == "stk-1-nr-1-litra-b"


def test_text_behind_a_list_of_clauses_closes_the_stk():
    stk = find_part(parse_section(SPOUSES), stk=1)

    assert stk.closing == "Tilladelsen er betinget. "
    assert stk.children[-1].text == "2) et ugift mindreårigt barn under 15 år. "


def test_text_behind_a_list_of_sentences_stays_with_the_last_of_them():
    section = parse_section(
        "§ 2. I denne lov forstås ved: 1) Barn: En person under 18 år. 2) Ung: En person over 15 år. Se nr. 1."
    )

    assert find_part(section, stk=1, nr=2).text == "2) Ung: En person over 15 år. Se nr. 1."


def test_closing_of_an_inner_list_belongs_to_its_number():
    section = parse_section("§ 1. Krav: 1) Areal med a) korn, eller b) græs. Brak regnes ikke. 2) Andet areal.")

    assert find_part(section, stk=1, nr=1).closing == "Brak regnes ikke. "
    assert find_part(section, stk=1).closing == ""


def test_stk_out_of_order_is_text():
    text = "§ 1. Først. Stk. 2. Ansøgning efter Stk. 5. gælder. Stk. 3-5. (Ophævet) Stk. 6. Sidst."

    assert list_paths(parse_section(text)) == ["stk-1", "stk-2", "stk-3-5", "stk-6"]


@pytest.mark.parametrize(
    "text",
    [
        "§ 1. Bestemmelsen affattes således: »Stk. 2. Klage kan ikke indgives.« Ellers gælder loven.",
        "§ 1. Styrelsen kan kontrollere skibet, jf. § 4, Stk.2. eller efter anmodning.",
        "§ 1. Stk. 3 finder anvendelse.",
        "§ 1. Forlænges. 2) Ellers ikke.",
        "§ 1. Klage afvises. 54) Fristen er 7 dage. 55) Den kan forlænges.",
        "§ 1. Efter nr. 1) og 2) gælder grænsen på 5 år (30 kg) i bilag 1) og bilag 2) ikke.",
        "§ 1. Andet, som ikke er omfattet af 1) og 2), gælder.",
        "§ 1. Loven træder i kraft den 1. januar 2026. 1) Ændret ved lov nr. 5.",
        "§ 1. Blandinger (metode a) og (metode b) tillades.",
        "§ 1. Det fremgår: »1) hvis det regner, og 2) hvis det sner.«",
    ],
)
def test_what_only_looks_like_a_mark_is_text(text):
    assert list_paths(parse_section(text)) == ["stk-1"]


def test_footnote_marks_in_a_list_are_text():
    section = parse_section("§ 1. Gives til 1) børn, 14) 2) unge og 3) voksne. 15) Stk. 2. Ellers ikke.")

    assert list_paths(section) == ["stk-1", "stk-1/nr-1", "stk-1/nr-2", "stk-1/nr-3", "stk-2"]


def test_section_that_prints_its_first_stk_has_it_once():
    section = parse_section("§ 21. Stk. 1. Straffes med bøde. Stk. 2. Også forsøg.")

    assert list_paths(section) == ["stk-1", "stk-2"]
    assert section.children[0].marker == "Stk. 1."


@pytest.mark.parametrize("mark", ["Stk.2.", "Stk. 2", "Stk.\u200b2.", "Stk. 2\u00ad."])
def test_stk_is_read_however_it_is_set(mark):
    assert list_paths(parse_section(f"§ 1. Først. {mark} Så.")) == ["stk-1", "stk-2"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("§ 9 a. Der kan", "9 a"),
        ("§ 73 Ved opgørelse", "73"),
        ("§§ 5-8. (Ophævet)", "5-8"),
        ("§§ 62 a-b. (Ophævet)", "62 a-b"),
        ("§\u200b 9\u00ad. Der", "9"),
        ("(Ophævet)", ""),
        ("", ""),
    ],
)
def test_label_gives_the_number_of_the_section(text, number):
    section = parse_section(text)

    assert (section.number, list_paths(section)) == (number, ["stk-1"])


def test_letters_go_on_to_danish_ones_and_double():
    letters = [*"abcdefghijklmnopqrstuvwxyzæøå", "aa", "bb"]
    section = parse_section("§ 1. Omfattet er: " + ", ".join(f"{letter}) et" for letter in letters) + ".")

    assert [part.number for part in section.children[0].children] == letters


def test_roman_numbers_stand_in_letters_and_i_is_a_letter_after_h():
    inner = "a) for børn i) alder, ii) køn og iii) navn, b) for unge i) alder og ii) navn"
    outer = ", ".join(f"{letter}) et" for letter in "cdefghij")
    section = parse_section(f"§ 1. Oplyst er: 1) {inner}, {outer}. 2) Intet.")

    first = section.children[0].children[0]
    assert [part.number for part in first.children] == list("abcdefghij")
    assert [part.path for part in first.children[1].children] == [
        "stk-1/nr-1/litra-b/nr-i",
        "stk-1/nr-1/litra-b/nr-ii",
    ]


def test_inserted_numbers_follow_the_one_they_were_inserted_behind():
    section = parse_section(
        "§ 1. Skattepligtige er 1) selskaber, 2) andre, 2a) sparekasser, 2 b) DSB og 3) foreninger."
    )

    assert [part.number for part in section.children[0].children] == ["1", "2", "2a", "2b", "3"]


def test_points_number_a_list_behind_a_colon_only():
    section = parse_section(
        "§ 1. Der foretages: 1. Ændring den 1. Maj. 2. Ændring efter § 2. Stk. 2. Se 1. Kapitel. 2. Kapitel."
    )

    assert list_paths(section) == ["stk-1", "stk-1/nr-1", "stk-1/nr-2", "stk-2"]


def test_second_list_of_a_stk_has_addresses_of_its_own():
    section = parse_section("§ 1. For børn gælder: 1) ja, 2) nej. For unge gælder: 1) nej, 2) ja. Stk. 2. Slut.")

    assert list_paths(section) == [
        "stk-1",
        "stk-1/nr-1",
        "stk-1/nr-2",
        "stk-1/led-2",
        "stk-1/led-2/nr-1",
        "stk-1/led-2/nr-2",
        "stk-2",
    ]


def test_list_in_a_list_of_the_same_kind_stands_inside_where_the_outer_goes_on():
    section = parse_section("§ 1. Krav: 1) Børn, der er 1) raske og 2) glade. 2) Unge. 3) Voksne.")

    assert list_paths(section)[1:] == ["stk-1/nr-1", "stk-1/nr-1/nr-1", "stk-1/nr-1/nr-2", "stk-1/nr-2", "stk-1/nr-3"]


@pytest.mark.parametrize(
    ("address", "beginning"),
    [
        ({}, "§ 9. Der kan"),
        ({"stk": 4}, "Stk. 3 og 4. (Ophævet)"),
        ({"nr": 2}, "2) et ugift"),
        ({"stk": 1, "nr": "1", "litra": "c"}, "c) har opholdstilladelse"),
        ({"stk": 1, "pkt": 1}, "Der kan efter ansøgning gives opholdstilladelse til 1) en"),
        ({"stk": 1, "pkt": 2}, "Tilladelsen er betinget."),
        ({"stk": 5, "pkt": 1}, "Afgørelsen træffes."),
    ],
)
def test_citation_finds_its_part(address, beginning):
    assert read(SPOUSES, **address).startswith(beginning)


@pytest.mark.parametrize(
    "address", [{"stk": 6}, {"stk": 1, "nr": 3}, {"stk": 2, "litra": "a"}, {"stk": 5, "pkt": 2}, {"pkt": 0}]
)
def test_citation_of_what_is_not_there_finds_none(address):
    assert read(SPOUSES, **address) is None


def test_sentence_has_an_address_and_a_place():
    text = "§ 1. Først m.v. gives bl.a. 2. januar. Dernæst ikke."
    sentence = find_part(parse_section(text), stk=1, pkt=2)

    assert (sentence.kind, sentence.path, text[sentence.start : sentence.end]) == (
        "pkt",
        "stk-1/pkt-2",
        "Dernæst ikke.",
    )


def test_address_is_the_same_in_another_text_for_the_same_printed_place():
    earlier = parse_section("§ 5. Gives til 1) børn.  2) unge.")
    later = parse_section(
        "§ 5. Gives efter ansøgning til 1) børn under 15 år, 2) unge og 3) voksne. Stk. 2. Ellers ikke."
    )

    assert set(list_paths(earlier)) < set(list_paths(later))


def test_hostile_depth_and_length_are_read():
    marks = " ".join(f"{mark})" for mark in ("1", "a", "i", "A") * 5000)

    assert parse_section(f"§ 1. Se: {marks}").build_text() == f"§ 1. Se: {marks}"


@given(provision_texts())
def test_every_character_belongs_to_exactly_one_part(text):
    section = parse_section(text)

    def check(part, start):
        assert (part.start, text[start : start + len(part.text)]) == (start, part.text)
        assert part.text.startswith(part.marker)
        place = start + len(part.text)
        for child in part.children:
            place = check(child, place)
        assert text[place : place + len(part.closing)] == part.closing
        assert part.end == place + len(part.closing)
        for sentence in part.sentences:
            assert sentence.text == text[sentence.start : sentence.end]
        return part.end

    assert check(section, 0) == len(text)
    paths = list_paths(section)
    assert len(set(paths)) == len(paths)
