"""Passages go out as a file and come back: whole, passage by passage, and never over newer work."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.rich_text import RichText
from wagtail_localize.models import String, StringTranslation, Translation

from cms.exchange.bundle_import import import_bundle
from cms.exchange.sites import get_home
from cms.publication.models import Release, Window
from cms.translation.glossary.csv_import import import_glossary
from cms.translation.interchange.file_export import export_texts
from cms.translation.interchange.file_import import import_file
from cms.translation.interchange.formats import read_file, write_file
from cms.translation.interchange.report import Outcome
from cms.translation.interchange.texts import FileRefusedError
from cms.translation.states.work import request
from knowledge.models import ArticlePage
from tests.factories.pages import make_page, publish, translate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

FORMATS = pytest.mark.parametrize("name", ["texts.po", "texts.xlf"])
HTML = (
    '<p>Læs <a href="https://example.org/regler">reglen &amp; <b>svaret</b></a> inden 14 dage.</p>'
    "<ul><li>Pas<ul><li>Kopi af <i>alle</i> sider</li></ul></li></ul>"
)
LINK = 'Læs <a id="a1">reglen &amp; <b>svaret</b></a> inden 14 dage.'
LINK_TEXT = "Læs reglen & svaret inden 14 dage."
ARABIC = {
    "Må jeg arbejde?": "هل يمكنني العمل؟",
    "Ja, fra den første dag.": "نعم، من اليوم الأول.",
    LINK: 'اقرأ <a id="a1">القاعدة &amp; <b>الجواب</b></a> خلال 14 يومًا.',
    "Pas": "جواز\u200f سفر",
    "Kopi af <i>alle</i> sider": "نسخة من <i>كل</i> الصفحات",
}


@pytest.fixture
def article(site):
    get_home("ar")
    return publish(
        make_page(title="Må jeg arbejde?", answer="Ja, fra den første dag.", body=[("paragraph", RichText(HTML))])
    )


def export(article, name, **options):
    return write_file(name, export_texts("ar", content_ids=[article.translation_key], **options).file)


def fill(name, content, words):
    """Translate as a tool does: the file is read, its targets are set, and it is written again."""
    from dataclasses import replace

    file = read_file(name, content)
    texts = [
        replace(
            text,
            passages=[
                replace(passage, target=words[passage.source], former=None, is_unsure=False)
                if passage.source in words
                else passage
                for passage in text.passages
            ],
        )
        for text in file.texts
    ]
    return write_file(name, replace(file, texts=texts))


def take(name, content, **options):
    return import_file(read_file(name, content), **options)


def bring(article, name, words=ARABIC, **options):
    return take(name, fill(name, export(article, name), words), **options)


def find_arabic():
    return ArticlePage.objects.get(locale__language_code="ar")


def list_outcomes(report):
    return {result.source: str(result.outcome) for result in report.results}


def list_stored():
    return dict(StringTranslation.objects.values_list("translation_of__data", "data"))


def test_export_makes_no_page_and_releases_nothing(article):
    export(article, "a.po")

    assert not ArticlePage.objects.filter(locale__language_code="ar").exists()
    assert not Translation.objects.exists()


@FORMATS
def test_what_was_translated_becomes_a_draft(article, name):
    report = bring(article, name)

    page = find_arabic()
    assert ([*report.loud, *report.problems], report.saved) == ([], 1)
    assert (page.title, page.live, Release.objects.filter(locale="ar").count()) == ("هل يمكنني العمل؟", False, 0)
    html = str(page.body[0].value)
    assert '<a href="https://example.org/regler">القاعدة &amp; <b>الجواب</b></a> خلال 14 يومًا.' in html
    assert "<ul><li>جواز\u200f سفر<ul><li>نسخة من <i>كل</i> الصفحات</li></ul></li></ul>" in html


@FORMATS
def test_file_that_nobody_touched_changes_nothing(article, name):
    bring(article, name)
    before = (list_stored(), find_arabic().latest_revision_id)

    report = take(name, export(article, name))

    assert (set(list_outcomes(report).values()), report.saved) == ({"unchanged"}, 0)
    assert (list_stored(), find_arabic().latest_revision_id) == before


def test_with_publish_what_is_whole_is_released(article):
    report = bring(article, "a.po", is_publishing=True)

    assert (report.published, report.problems) == (1, [])
    assert Window.objects.get(locale="ar", type="article").state == "current"


@FORMATS
def test_with_publish_what_is_not_whole_stays_a_draft(article, name):
    words = {**ARABIC}
    del words["Pas"]

    report = bring(article, name, words, is_publishing=True)

    assert (report.published, list_outcomes(report)["Pas"]) == (0, "missing")
    assert "passages that are not translated yet: 1. The first is “Pas”" in report.problems[0]
    assert (find_arabic().live, report.saved) == (False, 1)


@FORMATS
def test_passage_whose_source_changed_meanwhile_is_refused_and_the_rest_taken(article, name):
    content = fill(name, export(article, name), ARABIC)
    publish(article, answer="Ja, fra den anden dag.", significance="substantive")

    report = take(name, content)

    outcomes = list_outcomes(report)
    assert (outcomes["Ja, fra den første dag."], outcomes["Ja, fra den anden dag."]) == ("stale", "missing")
    assert (outcomes["Må jeg arbejde?"], find_arabic().title) == ("taken", "هل يمكنني العمل؟")
    assert report.has_refusals
    assert report.notes == ["The source of “Må jeg arbejde?” has changed since the export."]


@FORMATS
def test_file_from_before_anybody_began_is_taken_without_an_alarm(article, name):
    content = fill(name, export(article, name), ARABIC)
    translate(article, "pl", title="Praca")

    report = take(name, content)

    assert (report.notes, report.loud) == ([], [])


@FORMATS
def test_entry_that_no_export_wrote_is_refused_and_the_rest_taken(article, name):
    content = fill(name, export(article, name), ARABIC)
    digest = str(String.objects.get(data="Pas").data_hash).replace("-", "").encode()
    assert digest in content

    report = take(name, content.replace(digest, b"deadbeef"))

    outcomes = [(result.source, str(result.outcome)) for result in report.results if result.source == "Pas"]
    assert outcomes == [("Pas", "stale"), ("Pas", "missing")]
    assert (report.saved, list_stored()["Må jeg arbejde?"]) == (1, ARABIC["Må jeg arbejde?"])


def test_entry_that_names_no_text_is_refused_and_the_rest_taken(article):
    content = fill("a.po", export(article, "a.po"), ARABIC) + 'msgctxt "x"\nmsgid "Hej"\nmsgstr "مرحبا"\n'.encode()

    report = take("a.po", content)

    assert [(result.source, result.outcome) for result in report.loud] == [("Hej", Outcome.UNKNOWN)]
    assert find_arabic().title == ARABIC["Må jeg arbejde?"]


@FORMATS
def test_terms_of_the_glossary_stand_beside_the_passages_that_have_them(article, name):
    import_glossary(
        "concept,locale,term,kind\npas,da,pas,preferred\npas,ar,جواز سفر,preferred\npas,ar,باسبور,forbidden\n".encode()
    )

    (text,) = read_file(name, export(article, name)).texts

    notes = {passage.source: list(passage.notes[1:]) for passage in text.passages}
    assert notes["Pas"] == ["Glossary: “Pas” is “جواز سفر”, not “باسبور”"]
    assert notes["Må jeg arbejde?"] == []


def test_text_nobody_began_is_work_where_somebody_asked_for_it(article, admin_user):
    other = publish(make_page(title="En anden tekst"))
    request(other.translation_key, "ar", user=admin_user)

    assert [text.title for text in export_texts("ar", only_outdated=True).file.texts] == ["En anden tekst"]


def test_changed_passage_goes_out_with_what_it_said_before(article):
    bring(article, "a.po")
    publish(article, answer="Ja, fra den anden dag.", significance="substantive")

    (text,) = read_file("a.po", export(article, "a.po", only_outdated=True)).texts

    former = {passage.source: passage.former for passage in text.passages if passage.former}
    assert (former["Ja, fra den anden dag."].source, former["Ja, fra den anden dag."].target) == (
        "Ja, fra den første dag.",
        "نعم، من اليوم الأول.",
    )
    assert len(former) == 1


def test_only_outdated_leaves_out_what_is_whole_and_what_was_never_begun(article):
    publish(make_page(title="En anden tekst"))
    bring(article, "a.po", is_publishing=True)

    assert export_texts("ar", only_outdated=True).file.texts == []
    assert [text.title for text in export_texts("ar").file.texts if text.title != "Dansk"] == [
        "En anden tekst",
        "Må jeg arbejde?",
    ]


FAULTS = {
    "": "missing",
    "نعم <b>": "refused: <b> is not closed",
    "<script>alert(1)</script>نعم": "refused: <script> tag is not allowed",
    '<a href="https://evil.example">نعم</a>': "refused: Strings cannot have any HTML tags with attributes",
    '<a id="a7">نعم</a>': "refused: Unrecognised id found in an <a> tag: a7",
    "<b>نعم</b>": "refused: <b> does not stand in the source",
    "نعم 15": "refused: Number or amount: “15” is not in the source like this",
}


@pytest.mark.parametrize(("words", "said"), FAULTS.items())
def test_faulty_passage_is_refused_and_the_rest_taken(article, words, said):
    report = bring(article, "a.po", {**ARABIC, "Ja, fra den første dag.": words})

    (result,) = report.loud
    assert said in str(result) or said == str(result.outcome)
    assert (report.saved, "Ja, fra den første dag." in list_stored()) == (1, False)
    assert report.has_refusals == bool(words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("اقرأ القاعدة خلال 14 يومًا.", "Link: "),
        ('<a id="a1">اقرأ</a> <a id="a1">القاعدة</a> 14', "Link: "),
        ('<a id="a1">اقرأ</a> خلال ١٥ يومًا', "Number or amount: “14” of the source has become “15”"),
    ],
)
def test_lost_link_or_number_is_refused(article, words, said):
    report = bring(article, "a.xlf", {**ARABIC, LINK: words})

    (result,) = report.loud
    assert said in result.reason


def test_arabic_digits_are_the_same_number(article):
    report = bring(article, "a.po", {**ARABIC, LINK: 'اقرأ <a id="a1">القاعدة</a> خلال ١٤ يومًا'})

    assert report.loud == []


def test_title_that_does_not_fit_is_refused_and_the_rest_taken(article):
    report = bring(article, "a.po", {**ARABIC, "Må jeg arbejde?": "ع" * 300})

    assert [result.reason for result in report.loud] == ["it has 300 characters, at most 255 fit"]
    assert report.saved == 1


@FORMATS
def test_passage_edited_in_the_desk_after_the_export_is_kept(article, name):
    bring(article, name)
    content = fill(name, export(article, name), {**ARABIC, "Pas": "وثيقة سفر"})
    StringTranslation.objects.filter(translation_of__data="Pas").update(
        data="جواز", tool_name="", updated_at=timezone.now() + timedelta(seconds=1)
    )

    report = take(name, content)

    assert (list_outcomes(report)["Pas"], list_stored()["Pas"]) == ("conflict", "جواز")
    assert (report.has_refusals, report.saved) == (True, 0)


def test_older_file_never_takes_back_a_newer_one(article):
    older = fill("a.po", export(article, "a.po"), {**ARABIC, "Pas": "قديم"})
    bring(article, "a.po")

    report = take("a.po", older)

    assert (list_outcomes(report)["Pas"], list_stored()["Pas"]) == ("conflict", ARABIC["Pas"])


def test_same_person_may_bring_the_same_file_corrected(article, admin_user):
    content = export(article, "a.po")
    take("a.po", fill("a.po", content, ARABIC), user=admin_user)

    report = take("a.po", fill("a.po", content, {**ARABIC, "Pas": "وثيقة"}), user=admin_user)

    assert (list_outcomes(report)["Pas"], list_stored()["Pas"]) == ("taken", "وثيقة")


def test_second_translator_on_the_same_file_undoes_nothing(article, admin_user, django_user_model):
    other = django_user_model.objects.create_superuser("other@example.org")
    content = export(article, "a.po")
    take("a.po", fill("a.po", content, {"Pas": ARABIC["Pas"]}), user=other)

    report = take("a.po", fill("a.po", content, {**ARABIC, "Pas": "وثيقة"}), user=admin_user)

    assert (list_outcomes(report)["Pas"], list_stored()["Pas"]) == ("conflict", ARABIC["Pas"])
    assert (list_outcomes(report)[LINK_TEXT], report.saved) == ("taken", 1)


def test_empty_target_takes_nothing_away(article):
    content = export(article, "a.po")
    bring(article, "a.po")

    report = take("a.po", content)

    assert (set(list_outcomes(report).values()), list_stored()["Pas"]) == ({"unchanged"}, ARABIC["Pas"])


def test_entry_marked_as_fuzzy_is_not_taken(article):
    content = fill("a.po", export(article, "a.po"), ARABIC)
    content = content.replace(b'msgctxt "', b'#, fuzzy\nmsgctxt "', 1)

    report = take("a.po", content)

    assert list_outcomes(report)["Må jeg arbejde?"] == "unsure"
    assert "Må jeg arbejde?" not in list_stored()


def test_text_that_was_withdrawn_meanwhile_is_refused(article):
    content = fill("a.po", export(article, "a.po"), ARABIC)
    article.unpublish()

    report = take("a.po", content)

    assert (report.problems, report.results, list_stored()) == (["“Må jeg arbejde?” has been withdrawn."], [], {})


def test_translation_that_was_withdrawn_is_not_published_again(article):
    bring(article, "a.po", is_publishing=True)
    content = fill("a.po", export(article, "a.po"), {**ARABIC, "Pas": "وثيقة"})
    find_arabic().unpublish()

    report = take("a.po", content, is_publishing=True)

    assert (report.published, find_arabic().live) == (0, False)
    assert "has been withdrawn. If it is to come back, open it" in report.problems[0]


def test_text_of_another_site_is_refused_and_the_rest_taken(article):
    from dataclasses import replace

    file = read_file("a.po", fill("a.po", export(article, "a.po"), ARABIC))
    foreign = replace(file.texts[0], content_id=uuid4(), title="Fremmed")

    report = import_file(replace(file, texts=[foreign, *file.texts]))

    assert ("“Fremmed”" in report.problems[0], len(report.problems), report.saved) == (True, 1, 1)


def test_file_of_another_language_than_meant_is_refused(article):
    content = fill("a.po", export(article, "a.po"), ARABIC)

    with pytest.raises(FileRefusedError, match="The file is for العربية, not for Polski"):
        take("a.po", content, locale="pl")


@FORMATS
def test_file_for_a_language_the_site_does_not_have_is_refused(article, name):
    content = (
        export(article, name).replace(b'"Language: ar', b'"Language: xx').replace(b'-language="ar"', b'-language="xx"')
    )

    with pytest.raises(FileRefusedError, match="“xx” is no language of this site"):
        read_file(name, content)


def test_text_said_to_be_in_another_source_language_is_refused(article):
    content = fill("a.xlf", export(article, "a.xlf"), ARABIC).replace(b'source-language="da"', b'source-language="en"')

    report = take("a.xlf", content)

    assert "is written in da, not in en" in report.problems[0]


def test_file_above_fifty_megabytes_is_refused():
    with pytest.raises(FileRefusedError, match="more than 50 MB"):
        read_file("a.po", b"#" * (50 * 1024 * 1024 + 1))


def test_page_that_stands_by_its_own_words_is_left_alone(article):
    content = fill("a.po", export(article, "a.po"), ARABIC)
    own = make_page(title="كلمات", locale="ar")
    ArticlePage.objects.filter(pk=own.pk).update(translation_key=article.translation_key)

    report = take("a.po", content)
    skipped = export_texts("ar", content_ids=[article.translation_key]).skipped

    assert ("stands by its own words" in report.problems[0], "stands by its own words" in skipped[0]) == (True, True)
    assert (ArticlePage.objects.get(pk=own.pk).title, list_stored()) == ("كلمات", {})


def test_machine_translation_gives_way_to_a_persons(article):
    bring(article, "a.po")
    content = fill("a.po", export(article, "a.po"), {**ARABIC, "Pas": "وثيقة"})
    StringTranslation.objects.filter(translation_of__data="Pas").update(
        data="آلة", translation_type="machine", tool_name="Machine", updated_at=timezone.now() + timedelta(seconds=1)
    )

    take("a.po", content)

    row = StringTranslation.objects.get(translation_of__data="Pas")
    assert (row.data, row.translation_type) == ("وثيقة", "manual")


def test_user_takes_only_what_they_may_edit(article, django_user_model):
    bring(article, "a.po")
    nobody = django_user_model.objects.create_user("nobody@example.org")
    content = fill("a.po", export(article, "a.po"), {**ARABIC, "Pas": "وثيقة"})

    report = take("a.po", content, user=nobody)

    assert (report.problems, list_stored()["Pas"]) == (["You may not translate “Må jeg arbejde?”."], ARABIC["Pas"])


def test_passage_of_no_place_the_text_ever_had_is_named(article):
    from dataclasses import replace

    file = read_file("a.po", fill("a.po", export(article, "a.po"), ARABIC))
    passages = [replace(file.texts[0].passages[0], id=replace(file.texts[0].passages[0].id, path="body.9.value"))]

    report = import_file(replace(file, texts=[replace(file.texts[0], passages=passages)]))

    assert report.results[0].outcome == Outcome.UNKNOWN


def test_commands_take_a_bundles_id_and_say_what_was_refused(site, tmp_path, capsys):
    get_home("ar")
    line = b'{"kind":"article","source_id":"arbejde","locale":"da","title":"Arbejde","html":"<p>Ja tak.</p>"}\n'
    import_bundle([line])
    path = tmp_path / "arbejde.xlf"

    call_command("translation_export", "--locale", "ar", "--source", "arbejde", str(path))
    words = {"Arbejde": "عمل", "Ja tak.": "نعم <u>شكرا</u>"}
    path.write_bytes(fill(path.name, path.read_bytes(), words))
    with pytest.raises(SystemExit) as ended:
        call_command("translation_import", str(path), "--publish")

    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert "“Arbejde”, passage “Ja tak.”: refused: <u> tag is not allowed" in printed.err
    assert "taken: 1, refused: 1; 1 draft saved, 0 published" in printed.out
    assert (find_arabic().title, find_arabic().live) == ("عمل", False)


def test_commands_say_what_they_cannot_read(site, tmp_path):
    get_home("ar")
    missing = partial(call_command, "translation_import", str(tmp_path / "none.po"))
    foreign = tmp_path / "foreign.po"
    foreign.write_text('msgid "a"\nmsgstr "b"\n')

    with pytest.raises(CommandError, match="cannot be read"):
        missing()
    with pytest.raises(CommandError, match="does not come from an export of this site"):
        call_command("translation_import", str(foreign))
    with pytest.raises(CommandError, match="1 texts are not in the file"):
        call_command("translation_export", str(tmp_path / "x.po"), "--locale", "ar", "--source", "no-such-text")
