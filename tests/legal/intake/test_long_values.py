"""Texts longer than a column takes: refused with a sentence, cut on purpose, or kept whole; never an error of the database."""

import pytest

from cms.publication.following.followers import catch_up, get_head_position
from cms.publication.models import FollowerPosition, Window
from legal.language.section_numbers import build_label, normalise_section
from legal.lines.act_lines import OPTIONAL_TEXTS, REQUIRED_TEXTS, SECTION_LENGTH
from legal.models import Amendment, CitedProvision, Commencement, Expression, Provision, UnknownAct, Work
from legal.reviews.followers import ReviewFollower
from search.followers import DatabaseFollower
from tests.factories.pages import make_page, publish
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

# An order whose name takes 600 characters and 30 words, which is as far as a name is followed in running text.
LONG_NAME = "bekendtgørelse om " + " ".join(f"ansøgningsskemaet{number}" for number in range(28))
LIMITS = {name: limit for name, limit in (REQUIRED_TEXTS | OPTIONAL_TEXTS).items() if name != "document_type"}
# Spellings that grow when they are written as they are stored.
GROWING = ["1a" * 30, "1," * 30, "1-" * 30, "9" * 60]


def make_act(**changes):
    line = build_line("BEK", 5, "2026-01-02", "Bekendtgørelse om gebyrer", [build_section("1", "Gebyret er 1 kr.")])
    return {**line, **changes}


@pytest.mark.parametrize("name", LIMITS)
def test_field_is_stored_up_to_its_limit_and_refused_beyond_it(tmp_path, name):
    fits = make_act(**{name: "å" * LIMITS[name]})
    exceeds = make_act(**{name: "å" * (LIMITS[name] + 1)}, eli_uri="https://www.retsinformation.dk/eli/lta/2026/6")

    report = import_lines(tmp_path, fits, exceeds)

    assert [problem.reason.split(":")[0] for problem in report.problems] == [name]
    assert getattr(Expression.objects.get(), name) == "å" * LIMITS[name]


@pytest.mark.parametrize("section", GROWING)
def test_section_is_as_long_as_it_is_stored(tmp_path, section):
    refused = make_act(provisions=[{"chapter": "1", "section": section, "text": f"§ {section}. Gebyr."}])
    kept = make_act(
        provisions=[{"chapter": "1", "section": section[:24], "text": f"§ {section[:24]}. Gebyr."}],
        eli_uri="https://www.retsinformation.dk/eli/lta/2026/6",
    )

    report = import_lines(tmp_path, refused, kept)
    catch_up(DatabaseFollower())

    (problem,) = report.problems
    assert f"section: længere end {SECTION_LENGTH} tegn" in problem.reason
    assert Provision.objects.get().section == normalise_section(section[:24])


def test_label_is_no_longer_than_it_may_be():
    assert build_label("9", f"{'§ ' * 39}9. Gebyr.") == "§ 9"


def test_texts_of_one_long_name_and_number_have_an_address_each(tmp_path):
    title = "Bekendtgørelse om " + "ansøgninger og meddelelser om gebyrer " * 4
    lines = [
        make_act(title=title, eli_uri=f"https://www.retsinformation.dk/eli/{collection}/2026/5", number=1234567)
        for collection in ("lta", "mt", "retsinfo")
    ]

    import_lines(tmp_path, *lines)

    slugs = list(Work.objects.values_list("slug", flat=True))
    assert (len(set(slugs)), max(map(len, slugs)) <= 120) == (3, True)
    assert Window.objects.filter(type="act").count() == 3


def test_amendment_of_an_act_with_a_long_name_in_a_long_place_is_kept(tmp_path):
    places = ["1, 2, 3, 4, 5, 6 og 7", "1, 2, 3, 4, 5, 6 og 8"]
    named = LONG_NAME.replace("bekendtgørelse", "lov")
    change = f"I {named}, foretages følgende ændringer: 1. § 2 ophæves."
    line = build_line(
        "LOV",
        7,
        "2026-01-02",
        "Lov om ændring af forskellige love",
        [
            *(("1", place, change) for place in places),
            build_section("9", f"Loven træder i kraft den 1. juli 2026, dog {'ikke for ansøgninger herom ' * 30}."),
        ],
    )

    report = import_lines(tmp_path, line)

    assert report.problems == []
    assert {(len(amendment.named), len(amendment.place)) for amendment in Amendment.objects.all()} == {(400, 20)}
    assert max(len(commencement.note) for commencement in Commencement.objects.all()) == 400


def test_text_that_names_an_unknown_act_at_length_holds_nobody_up_and_is_linked_once_it_is_known(site, tmp_path):
    page = publish(make_page(body=[("paragraph", f"<p>Se § 1 i {LONG_NAME}.</p>")]))
    other = publish(make_page(title="En anden", body=[("paragraph", "<p>Se § 1 i lov om noget.</p>")]))
    catch_up(ReviewFollower())
    waiting = set(UnknownAct.objects.values_list("content_id", flat=True))
    position = FollowerPosition.objects.get(name=ReviewFollower.name).position

    import_lines(tmp_path, make_act(title=LONG_NAME.capitalize()))
    catch_up(ReviewFollower())

    assert (waiting, position > 0) == ({page.translation_key, other.translation_key}, True)
    assert FollowerPosition.objects.get(name=ReviewFollower.name).position == get_head_position()
    assert CitedProvision.objects.get(content_id=page.translation_key).section == "1"


def test_citation_by_an_endless_address_holds_nobody_up(site):
    address = "https://www.retsinformation.dk/eli/lta/2026/" + "5" * 900
    page = publish(make_page(citations=[("citation", {"eli_uri": address, "section": "1", "stk": []})]))

    catch_up(ReviewFollower())

    assert [
        len(key) for key in UnknownAct.objects.filter(content_id=page.translation_key).values_list("key", flat=True)
    ] == [400]
