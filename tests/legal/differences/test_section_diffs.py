"""Differences between two texts of an act: which section is which, and what kind of difference it is."""

import pytest

from legal.differences.section_diffs import ActDiff, Renumbered, build_diff
from legal.differences.section_matching import DiffSection

LONG = (
    "Kommunalbestyrelsen skal senest en måned efter ansøgningen tilbyde udlændingen en samtale om boligforhold, "
    "beskæftigelse og uddannelse, og tilbuddet gives skriftligt."
)
SUBJECTS = ("ophold", "indrejse", "visum", "arbejde", "bolig", "skole", "sundhed", "klage", "gebyr", "straf")


def build_act(*sections: tuple[str, str] | tuple[str, str, str]) -> list[DiffSection]:
    """Build sections from (number, text behind the number) or (number, text, chapter)."""
    return [
        DiffSection(number, chapter[0] if chapter else "1", f"§ {number}. {text}", f"§ {number}")
        for number, text, *chapter in sections
    ]


def read(diff: ActDiff) -> dict[str, list[object]]:
    return {
        "added": list(diff.added),
        "removed": list(diff.removed),
        "changed": [(entry.section, entry.editorial) for entry in diff.changed],
        "renumbered": [(entry.before, entry.after) for entry in diff.renumbered],
    }


def test_same_texts_differ_in_nothing() -> None:
    act = build_act(("1", LONG), ("2", "(Ophævet)"))

    assert build_diff(act, act) == ActDiff([], [], [], [])


def test_sections_are_added_removed_and_changed() -> None:
    before = build_act(
        ("1", LONG), ("2", "Denne bestemmelse falder bort helt og aldeles."), ("3", "Gebyret er 100 kr.")
    )
    after = build_act(("1", LONG), ("3", "Gebyret er 200 kr."), ("4", "Noget ganske andet, som ingen kendte."))

    diff = build_diff(before, after)

    assert read(diff) == {"added": ["4"], "removed": ["2"], "changed": [("3", False)], "renumbered": []}
    assert (diff.changed[0].before, diff.changed[0].after) == ("§ 3. Gebyret er 100 kr.", "§ 3. Gebyret er 200 kr.")


def test_section_inserted_moves_all_that_follow_and_changes_none() -> None:
    texts = [f"{LONG} Det gælder også {subject}." for subject in SUBJECTS]
    before = build_act(*((str(number), text) for number, text in enumerate(texts, 1)))
    inserted = [*texts[:3], "Ministeren kan fastsætte regler om helt andre forhold end de nævnte.", *texts[3:]]
    after = build_act(*((str(number), text) for number, text in enumerate(inserted, 1)))

    assert read(build_diff(before, after)) == {
        "added": ["4"],
        "removed": [],
        "changed": [],
        "renumbered": [(str(number), str(number + 1)) for number in range(4, 11)],
    }


def test_section_moved_with_references_to_others_that_moved_is_renumbered_and_changed() -> None:
    before = build_act(("5", f"{LONG} Om gebyr."), ("6", f"{LONG} Jf. § 5, stk. 2."))
    after = build_act(
        ("5", "Helt ny tekst om noget andet, der ikke fandtes."),
        ("6", f"{LONG} Om gebyr."),
        ("7", f"{LONG} Jf. § 6, stk. 2."),
    )

    assert read(build_diff(before, after)) == {
        "added": ["5"],
        "removed": [],
        "changed": [("7", False)],
        "renumbered": [("5", "6"), ("6", "7")],
    }


def test_section_that_only_names_its_own_number_anew_is_not_changed() -> None:
    before = build_act(("9 a", f"{LONG} Ansøgning efter § 9 a indgives digitalt."))
    after = build_act(("9 b", f"{LONG} Ansøgning efter § 9 b indgives digitalt."))

    assert read(build_diff(before, after))["changed"] == []


def test_section_moved_and_hardly_changed_is_renumbered_and_changed_under_the_new_number() -> None:
    before = build_act(("8", LONG))
    after = build_act(("12 a", LONG.replace("en måned", "to måneder")))

    diff = build_diff(before, after)

    assert diff.renumbered == [Renumbered("8", "12 a")]
    assert [entry.section for entry in diff.changed] == ["12 a"]


def test_section_moved_stays_in_its_chapter_where_both_chapters_have_the_text() -> None:
    before = build_act(("1", LONG, "1"), ("5", LONG, "2"))
    after = build_act(("6", LONG, "2"), ("7", LONG, "1"))

    assert build_diff(before, after).renumbered == [Renumbered("5", "6"), Renumbered("1", "7")]


def test_section_that_moved_along_with_its_neighbours_is_known_again_though_much_of_it_changed() -> None:
    texts = [f"{LONG} Det gælder også {subject}." for subject in SUBJECTS[:4]]
    rewritten = f"{LONG} Det gælder ikke for den, der alene har kortvarigt ophold uden ret til varigt ophold."
    before = build_act(*((str(number), text) for number, text in enumerate([*texts, "(Ophævet)", texts[0][20:]], 1)))
    after = build_act(
        *(
            (str(number), text)
            for number, text in enumerate(["Helt ny.", *texts[:2], rewritten, texts[3], "(Ophævet)", texts[0][20:]], 1)
        )
    )

    assert read(build_diff(before, after)) == {
        "added": ["1"],
        "removed": [],
        "changed": [("4", False)],
        "renumbered": [(str(number), str(number + 1)) for number in range(1, 7)],
    }


def test_repealed_sections_are_never_moved() -> None:
    before = build_act(("7", "(Ophævet)"))
    after = build_act(("9", "(Ophævet)"))

    assert read(build_diff(before, after)) == {"added": ["9"], "removed": ["7"], "changed": [], "renumbered": []}


def test_section_repealed_is_changed() -> None:
    diff = build_diff(build_act(("7", LONG)), build_act(("7", "(Ophævet)")))

    assert read(diff)["changed"] == [("7", False)]


def test_number_printed_twice_is_told_apart_by_chapter_and_order() -> None:
    before = build_act(("1", "Første.", "1"), ("1", "Bilag et.", "2"), ("1", "Bilag to.", "2"))
    after = build_act(("1", "Første.", "1"), ("1", "Bilag et.", "2"), ("1", "Bilag to og mere.", "2"))

    diff = build_diff(before, after)

    assert [(entry.before, entry.after) for entry in diff.changed] == [("§ 1. Bilag to.", "§ 1. Bilag to og mere.")]
    assert (diff.added, diff.removed, diff.renumbered) == ([], [], [])


def test_number_in_another_chapter_is_the_same_section() -> None:
    diff = build_diff(build_act(("1", LONG, "1")), build_act(("1", LONG, "1 a")))

    assert diff == ActDiff([], [], [], [])


def test_letters_in_either_case_are_different_sections() -> None:
    before = build_act(("2 A", "Om visum og indrejse i landet."), ("2 a", LONG))
    after = build_act(("2 A", "Om visum og indrejse i landet."), ("2 a", LONG.replace("en måned", "to uger")))

    assert read(build_diff(before, after))["changed"] == [("2 a", False)]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Gebyret  er 100 kr.", "Gebyret er 100 kr."),
        ("Udled­ning af CO 2 \u200ber", "Udledning af CO2 er"),
        (
            "Udlændinge-, integrations- og boligministeren fastsætter regler.",
            "Udlændinge- og integrationsministeren fastsætter regler.",
        ),
        (
            "Ministeren for flygtninge, indvandrere og integration kan fastsætte regler.",
            "Justitsministeren kan fastsætte regler.",
        ),
        (
            "efter Social- og Integrationsministeriets regler",
            "efter Ministeriet for Børn, Ligestilling, Integration og Sociale Forholds regler",
        ),
        (
            "ministeren for sundhed og forebyggelse og justitsministeren",
            "sundheds- og ældreministeren og justitsministeren",
        ),
    ],
)
def test_change_of_spacing_or_of_a_ministrys_name_is_editorial(was: str, now: str) -> None:
    diff = build_diff(build_act(("3", was)), build_act(("3", now)))

    assert read(diff)["changed"] == [("3", True)]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Justitsministeren fastsætter regler.", "Udlændingestyrelsen fastsætter regler."),
        ("Justitsministeren fastsætter regler.", "Justitsministeriet fastsætter regler."),
        ("ministeren for ligestilling og fastsætter", "ministeren for ligestilling og offentliggør"),
        ("finansministeren og justitsministeren", "finansministeren"),
        ("Justitsministeren kan", "Integrationsministeren skal"),
        ("Administrationen afgør", "Administratoren afgør"),
        ("jf. § 9, stk. 2", "jf. § 9, stk. 3"),
    ],
)
def test_change_of_anything_else_is_not_editorial(was: str, now: str) -> None:
    diff = build_diff(build_act(("3", was)), build_act(("3", now)))

    assert read(diff)["changed"] == [("3", False)]
