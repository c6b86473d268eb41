"""Citations in running text, one form after the other; nothing here needs a database."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal.recognition import MentionKind, find_citations


def describe(text):
    """Describe the citations of a text: what is written, the act as written, and where it points."""
    return [
        (
            found.text,
            found.act.text if found.act else None,
            found.section,
            *(value for value in (found.section_to, *found.stk, *found.nr, *found.litra) if value),
            *(f"{number}. pkt." for number in found.pkt),
        )
        for found in find_citations(text)
    ]


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        (
            "efter udlændingelovens § 9 a, stk. 2, nr. 1, litra b.",
            [("udlændingelovens § 9 a, stk. 2, nr. 1, litra b", "udlændingelovens", "9 a", 2, 1, "b")],
        ),
        ("jf. § 9c, stk. 1, 2. pkt., og", [("§ 9c, stk. 1, 2. pkt.", None, "9 c", 1, "2. pkt.")]),
        ("§9 a stk 2 nr 3", [("§9 a stk 2 nr 3", None, "9 a", 2, 3)]),
        ("udl. § 9a", [("udl. § 9a", "udl.", "9 a")]),
        ("CPR-lovens § 6", [("CPR-lovens § 6", "CPR-lovens", "6")]),
        ("paragraf 9 a i udlændingeloven", [("paragraf 9 a i udlændingeloven", "udlændingeloven", "9 a")]),
        ("§ 9a udlændingeloven", [("§ 9a udlændingeloven", "udlændingeloven", "9 a")]),
        ("lov om social service § 52 gælder", [("lov om social service § 52", "lov om social service", "52")]),
        (
            "§ 48, stk. 2, 2. pkt., i lov om en aktiv beskæftigelsesindsats ikke",
            [
                (
                    "§ 48, stk. 2, 2. pkt., i lov om en aktiv beskæftigelsesindsats",
                    "lov om en aktiv beskæftigelsesindsats",
                    "48",
                    2,
                    "2. pkt.",
                )
            ],
        ),
        ("indfødsretslovens § 2 A", [("indfødsretslovens § 2 A", "indfødsretslovens", "2 A")]),
        ("§ 26 aa, stk. 1", [("§ 26 aa, stk. 1", None, "26 aa", 1)]),
    ],
)
def test_citation_is_found_with_its_act_and_parts(text, citations):
    assert describe(text) == citations


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("§ 9 i lov om ferie", [("§ 9 i lov om ferie", "lov om ferie", "9")]),
        ("§ 9 i, stk. 1", [("§ 9 i, stk. 1", None, "9 i", 1)]),
        ("§ 9 i udlændingeloven", [("§ 9 i udlændingeloven", "udlændingeloven", "9")]),
        ("efter § 9 i finder", [("§ 9 i", None, "9 i")]),
        ("§ 9 i i udlændingeloven", [("§ 9 i i udlændingeloven", "udlændingeloven", "9 i")]),
        ("§§ 21 b, 21 i og 21 k", [("§§ 21 b", None, "21 b"), ("21 i", None, "21 i"), ("21 k", None, "21 k")]),
        ("§ 5 i denne lov", [("§ 5 i denne lov", "denne lov", "5")]),
        ("medlem af en a-kasse efter § 5 a-kassen", [("§ 5", None, "5")]),
    ],
)
def test_letter_is_told_from_the_preposition(text, citations):
    assert describe(text) == citations


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        (
            "udlændingelovens §§ 5, 7 og 9",
            [
                ("udlændingelovens §§ 5", "udlændingelovens", "5"),
                ("7", "udlændingelovens", "7"),
                ("9", "udlændingelovens", "9"),
            ],
        ),
        (
            "§§ 5, 7 og 9 i udlændingeloven",
            [
                ("§§ 5", "udlændingeloven", "5"),
                ("7", "udlændingeloven", "7"),
                ("9 i udlændingeloven", "udlændingeloven", "9"),
            ],
        ),
        ("§§ 5-8", [("§§ 5-8", None, "5", "8")]),
        ("§§ 23 a-c", [("§§ 23 a-c", None, "23 a", "23 c")]),
        ("§§ 9 a – 9 f", [("§§ 9 a – 9 f", None, "9 a", "9 f")]),
        ("§ 9, stk. 1, nr. 2, og stk. 3", [("§ 9, stk. 1, nr. 2", None, "9", 1, 2), ("stk. 3", None, "9", 3)]),
        ("§ 9, stk. 2-4, og § 10", [("§ 9, stk. 2-4", None, "9", 2, 3, 4), ("§ 10", None, "10")]),
        ("§ 1, nr. 1-3 og 5", [("§ 1, nr. 1-3 og 5", None, "1", 1, 2, 3, 5)]),
        ("§ 1, nr. 1, litra a-c", [("§ 1, nr. 1, litra a-c", None, "1", 1, "a", "b", "c")]),
        ("§ 1, litra a og b", [("§ 1, litra a og b", None, "1", "a", "b")]),
        ("§ 1, 2. og 3. pkt.", [("§ 1, 2. og 3. pkt.", None, "1", "2. pkt.", "3. pkt.")]),
        ("§ 1, 1.-3. pkt.", [("§ 1, 1.-3. pkt.", None, "1", "1. pkt.", "2. pkt.", "3. pkt.")]),
        (
            "§ 9, stk. 1, nr. 1, litra d, nr. 2, litra d, og nr. 3",
            [
                ("§ 9, stk. 1, nr. 1, litra d", None, "9", 1, 1, "d"),
                ("nr. 2, litra d", None, "9", 1, 2, "d"),
                ("nr. 3", None, "9", 1, 3),
            ],
        ),
        (
            "straffelovens § 225, jf. §§ 216 og 217, § 232 eller integrationslovens § 5",
            [
                ("straffelovens § 225", "straffelovens", "225"),
                ("§§ 216", "straffelovens", "216"),
                ("217", "straffelovens", "217"),
                ("§ 232", "straffelovens", "232"),
                ("integrationslovens § 5", "integrationslovens", "5"),
            ],
        ),
        (
            "§§ 5, stk. 2, og 7, jf. stk. 3, i 14 dage",
            [("§§ 5, stk. 2", None, "5", 2), ("7", None, "7"), ("stk. 3", None, None, 3)],
        ),
        ("§ 5, stk. 1, 14 dage efter", [("§ 5, stk. 1", None, "5", 1)]),
        ("efter § 5, stk. 1, 2) elever", [("§ 5, stk. 1", None, "5", 1)]),
    ],
)
def test_list_gives_one_entry_each_and_a_range_one(text, citations):
    assert describe(text) == citations


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("jf. stk. 2", ("stk. 2", None, None, 2)),
        ("som nævnt i nr. 3", ("nr. 3", None, None, 3)),
        ("jf. dog 2. pkt.", ("2. pkt.", None, None, "2. pkt.")),
        ("efter litra a og b", ("litra a og b", None, None, "a", "b")),
    ],
)
def test_part_without_a_section_is_partial(text, part):
    assert describe(text) == [part]
    assert find_citations(text)[0].partial


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("lovbekendtgørelse nr. 1183 af 25. september 2025", ("LBK", 1183, 2025, date(2025, 9, 25))),
        ("LBK nr. 1183 af 25/09/2025", ("LBK", 1183, 2025, date(2025, 9, 25))),
        ("LBK 1183/2025", ("LBK", 1183, 2025, None)),
        ("lov nr. 756 af 20. juni 2025", ("LOV", 756, 2025, date(2025, 6, 20))),
        ("Bekendtgørelse nr. 1206 af 1. okt. 2024", ("BEK", 1206, 2024, date(2024, 10, 1))),
        ("vejledning nr. 9243 af 2. april 2019", ("VEJ", 9243, 2019, date(2019, 4, 2))),
    ],
)
def test_act_by_number_is_one_citation_without_section(text, named):
    (found,) = find_citations(f"Se {text}, som ændret.")

    assert (found.text, found.section, found.partial) == (text, None, False)
    assert found.act.kind == MentionKind.NUMBER
    assert (found.act.document_type, found.act.number, found.act.year, found.act.signed_date) == named


def test_section_and_number_are_one_citation():
    assert describe("§ 4 i lov nr. 756 af 20. juni 2025 om ændring, jf. LBK 1183/2025 § 9 a") == [
        ("§ 4 i lov nr. 756 af 20. juni 2025", "lov nr. 756 af 20. juni 2025", "4"),
        ("LBK 1183/2025 § 9 a", "LBK 1183/2025", "9 a"),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "https://www.retsinformation.dk/eli/lta/2025/1183",
        "http://retsinformation.dk/eli/lta/2025/1183/dan",
        "https://www.retsinformation.dk/eli/lta/2025/1183/xml",
        "retsinformation.dk/eli/lta/2025/1183",
    ],
)
def test_eli_uri_is_found_in_any_spelling(written):
    (found,) = find_citations(f"(se {written}).")

    assert (found.text, found.act.eli_uri) == (written, "https://www.retsinformation.dk/eli/lta/2025/1183")
    assert (found.act.number, found.act.year) == (1183, 2025)


@pytest.mark.parametrize("text", ["lovens § 9", "denne lovs § 9", "§ 9 i loven", "bekendtgørelsens § 9"])
def test_self_reference_is_marked(text):
    (found,) = find_citations(text)

    assert (found.text, found.section, found.act.kind) == (text, "9", MentionKind.SELF)


@pytest.mark.parametrize(
    "text",
    [
        "efter kapitel 5 og bilag 1, nr. 3",
        "artikel 12, stk. 2, og artikel 13, stk. 1, litra b",
        "forordning (EU) nr. 883/2004 og direktiv 2004/38/EF",
        "§ 9 a. Der kan gives opholdstilladelse. Stk. 2. Det gælder ikke. Stk. 3. (Ophævet)",
        "§§ 20-31. (Ophævet)",
        "sag nr. 5, cvr. nr. 12345678 og 3 stk. æbler",
        "efter udlændingeloven og loven om ferie",
        "den 25/09/2025, 1/2 og lov nr. 5",
        "en paragraf, stk., nr. og litra",
        "",
    ],
)
def test_what_only_looks_like_a_citation_is_none(text):
    assert describe(text) == []


def test_label_that_is_all_there_is_is_a_citation():
    assert describe("§ 9 a.") == [("§ 9 a", None, "9 a")]


def test_invisible_characters_count_and_do_not_hinder():
    text = "jf. ud\u00adlændinge\u200blovens §\u00a09\u202fa,\nstk.\u00a02, nr.\u200b 1."

    (found,) = find_citations(text)

    assert text[found.start : found.end] == found.text == text[4:-1]
    assert (found.act.text, found.act.name) == ("ud\u00adlændinge\u200blovens", "udlændingelovens")
    assert (found.section, found.stk, found.nr) == ("9 a", (2,), (1,))


def test_act_in_running_text_says_that_its_end_is_a_guess():
    (found,) = find_citations("§ 5 i lov om visse ting til en person")

    assert found.act.is_open
    assert not find_citations("§ 5 i udlændingeloven")[0].act.is_open


FRAGMENTS = [
    *(
        "§",
        "§§",
        " ",
        ", ",
        "stk. ",
        "Stk. ",
        "nr. ",
        "litra ",
        "pkt.",
        "pkt",
        " og ",
        " eller ",
        " i ",
        "-",
        ".",
        "(",
        ")",
    ),
    *(
        "1",
        "2",
        "9 a",
        "9a",
        "12",
        "i",
        "a",
        "b",
        "lov om ",
        "loven",
        "lovens ",
        "udlændingelovens ",
        "udl. ",
        "jf. ",
        "af ",
    ),
    *(
        "lov nr. 5 af 3. maj 2019",
        "LBK 1183/2025",
        "https://x.dk/eli/lta/2025/1",
        "/eli/",
        "m.v.",
        "\u00ad",
        "\u200b",
        "\n",
    ),
    *("artikel ", "bilag ", "25/09/2025", "dag-, fritids- og klubtilbud", "social service", "😀", "paragraf "),
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join) | st.text(max_size=200))
def test_any_text_gives_ordered_spans_of_itself(text):
    found = find_citations(text)

    assert all(text[entry.start : entry.end] == entry.text != "" for entry in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(entry.section or entry.partial or entry.act for entry in found)


@pytest.mark.parametrize(
    "unit",
    [
        "§ ",
        "§ 9 a, ",
        "stk. 1, ",
        "nr. ",
        "lov om a ",
        "1, ",
        "a-",
        "og ",
        "(",
        "1. ",
        "/eli/",
        " ",
        "lov om ",
        "§ 9 i ",
    ],
)
def test_long_repetitions_are_read_in_steps_that_do_not_grow(unit):
    assert len(find_citations(unit * 20_000)) <= 20_001
    assert len(find_citations(f"§ 9{unit * 20_000}x")) <= 20_001
