"""Machine translation over real HTTP: checked passage by passage, labelled, and never released behind anybody's back."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from wagtail.rich_text import RichText
from wagtail_localize.models import StringTranslation, Translation

from cms.exchange.sites import get_home, get_locale
from cms.publication.models import Window
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.settings.machine_translators import build_machine_translator
from cms.translation.interchange.file_export import export_texts
from cms.translation.interchange.file_import import import_file
from cms.translation.machine import runs, service_calls
from cms.translation.machine.plans import plan_texts
from cms.translation.machine.runs import run_machine
from cms.translation.machine.services import is_configured, start
from cms.translation.machine.settings_checks import check_machine_translation
from knowledge.models import ArticlePage
from legal.notes.law_note_page import LawNotePage
from tests.factories.pages import make_page, publish
from tests.translation.machine.service import MachineService

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

BODY = '<p>Læs <a href="https://example.org/regler">reglen</a>.</p><p>Du har 14 dage.</p>'
LINK = 'Læs <a id="a1">reglen</a>.'


@pytest.fixture
def service(settings, monkeypatch):
    service = MachineService()
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = build_machine_translator(
        "libretranslate", key="k", url=service.url, timeout_seconds=1
    )
    monkeypatch.setattr(service_calls, "PAUSE_SECONDS", 0.01)
    yield service
    service.stop()


@pytest.fixture
def article(site):
    get_home("pl")
    return publish(make_page(title="Må jeg arbejde?", answer="Ja.", body=[("paragraph", RichText(BODY))]))


def run(page, user=None):
    return run_machine([(page.translation_key, "pl")], user=user)


def list_stored():
    return dict(StringTranslation.objects.values_list("translation_of__data", "data"))


def find_polish(model=ArticlePage):
    return model.objects.get(locale__language_code="pl")


def test_without_a_service_nothing_is_offered(article):
    assert not is_configured()
    assert run(article).problems == ["No service for machine translation is set up."]


def test_count_is_known_before_anything_is_sent(article, service):
    plan = plan_texts([(article.translation_key, "pl")], user=None)

    sent = ["Må jeg arbejde?", "Ja.", LINK, "Du har 14 dage."]
    assert (plan.passages, plan.characters, plan.refusals) == (4, len("".join(sent)), [])
    assert (service.requests, StringTranslation.objects.count()) == ([], 0)


def test_translation_is_a_draft_that_is_labelled(article, service):
    report = run(article)

    page = find_polish()
    assert (report.loud, report.problems, report.saved) == ([], [], 1)
    assert (page.live, page.title) == (False, "[pl] Må jeg arbejde?")
    assert set(StringTranslation.objects.values_list("translation_type", "tool_name")) == {
        ("machine", "LibreTranslate")
    }
    page.get_latest_revision().publish()
    assert Window.objects.get(locale="pl", type="article").state == "machine"


def test_persons_words_are_not_sent_and_stay(article, service):
    run(article)
    StringTranslation.objects.filter(translation_of__data="Ja.").update(data="Tak.", translation_type="manual")
    publish(article, title="Må jeg arbejde nu?")

    run(article)

    assert service.requests[-1]["q"] == ["Må jeg arbejde nu?"]
    assert list_stored()["Ja."] == "Tak."


FAULTY = {
    "Ja.": "<b>Tak.",
    LINK: "Przeczytaj regułę.",
    "Du har 14 dage.": "Masz 15 dni.",
}


def test_faulty_passages_are_refused_one_by_one_and_the_good_one_kept(article, service):
    service.translate = lambda passage: FAULTY.get(passage, f"[pl] {passage}")

    report = run(article)

    assert {result.source: result.reason.partition(":")[0] for result in report.loud} == {
        "Ja.": "<b> is not closed",
        "Læs reglen.": "Link",
        "Du har 14 dage.": "Number or amount",
    }
    assert list_stored() == {"Må jeg arbejde?": "[pl] Må jeg arbejde?"}
    assert not find_polish().live


@pytest.mark.parametrize("answer", ["", "x" * 2000, "<script>alert(1)</script>"])
def test_rubbish_for_a_passage_is_refused(article, service, answer):
    service.translate = lambda passage: answer if passage == "Ja." else f"[pl] {passage}"

    report = run(article)

    assert ([result.source for result in report.loud], "Ja." in list_stored()) == (["Ja."], False)


@pytest.mark.parametrize("fault", ["fewer", "html", "numbers"])
def test_answer_that_fits_no_question_is_asked_for_passage_by_passage(article, service, fault):
    service.faults = [fault]

    report = run(article)

    assert (len(report.loud), len(list_stored()), len(service.requests)) == (0, 4, 5)


def test_service_that_answers_nothing_but_rubbish_is_left_alone(article, service):
    service.faults = ["html"] * 50

    report = run(article)

    assert {result.reason for result in report.loud} == {"LibreTranslate answered something else than a translation"}
    assert (len(report.loud), report.saved, len(service.requests)) == (4, 0, 3)
    assert not Translation.objects.exists()


@pytest.mark.parametrize(("faults", "requests"), [(["down", "down"], 3), (["slow"], 2)])
def test_fault_that_passes_is_tried_again(article, service, faults, requests):
    service.faults = list(faults)

    report = run(article)

    assert (report.loud, report.saved, len(service.requests)) == ([], 1, requests)


def test_wrong_key_is_not_tried_again(article, service):
    service.faults = ["key"] * 9

    report = run(article)

    assert {result.reason for result in report.loud} == {"LibreTranslate refused: HTTP 403"}
    assert len(service.requests) == 1


def test_service_that_stops_half_way_keeps_what_it_did(article, service, monkeypatch):
    monkeypatch.setattr(service_calls, "MOST_PASSAGES", 2)
    service.faults = ["", "slow", "slow", "slow"]

    report = run(article)

    assert (len(list_stored()), report.saved, len(service.requests)) == (2, 1, 4)
    assert {result.reason for result in report.loud} == {"LibreTranslate did not answer"}
    assert (len(report.loud), find_polish().live) == (2, False)


def test_run_that_was_killed_before_its_draft_is_finished_by_the_next(article, service):
    (text,) = plan_texts([(article.translation_key, "pl")], user=None).texts
    list(runs._run_text(text))
    sent = len(service.requests)

    report = run(article)

    assert (report.saved, find_polish().title, len(service.requests)) == (1, "[pl] Må jeg arbejde?", sent)


def test_run_with_nothing_to_do_saves_no_other_draft(article, service):
    run(article)
    before = find_polish().latest_revision_id

    report = run(article)

    assert (report.saved, find_polish().latest_revision_id) == (0, before)


HARD = (
    "Udlændingestyrelsen meddeler opholdstilladelse efter ansøgning i overensstemmelse med bekendtgørelsens bestemmelser. "
    "Arbejdsgiverforeningernes overenskomstforhandlinger forudsætter myndighedsgodkendelse."
)


def test_text_that_is_too_hard_is_refused_with_its_hardest_sentence(article, service):
    publish(article, answer=HARD)

    report = run(article)

    assert service.requests == []
    (problem,) = report.problems
    assert problem.startswith("“Må jeg arbejde?” is too hard to read for a machine: LIX ")
    assert problem.endswith(
        "The hardest sentence is “Arbejdsgiverforeningernes overenskomstforhandlinger forudsætter myndighedsgodkendelse.”."
    )


def test_user_sends_only_what_they_may_translate(article, service, django_user_model):
    nobody = django_user_model.objects.create_user("nobody@example.org")

    report = run(article, user=nobody)

    assert (report.problems, service.requests) == (["You may not translate “Må jeg arbejde?”."], [])


def test_background_task_leaves_its_report(article, service, admin_user):
    task_id = start([Pair(article.translation_key)], user=admin_user)
    result = DBTaskResult.objects.get(pk=task_id)
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )

    worker.run_task(result)

    result.refresh_from_db()
    assert result.return_value == {"summary": "taken: 4; 1 draft saved, 0 published", "lines": []}
    assert find_polish().title == "[pl] Må jeg arbejde?"


class Pair:
    """A task of the desk, as far as a machine needs it."""

    locale = "pl"

    def __init__(self, content_id):
        self.content_id = content_id


@pytest.fixture
def law_note(site, service):
    get_home("pl")
    note = publish(make_page(LawNotePage, title="Ny regel om gebyr"))
    run(note)
    return find_polish(LawNotePage)


def test_law_note_of_a_machine_is_published_by_no_import_and_no_bulk_action(law_note, admin_client):
    file = export_texts("pl", content_ids=[law_note.translation_key]).file
    report = import_file(file, is_publishing=True)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin_client.post(f"{address}?id={law_note.pk}", {"include_descendants": ""})
    with pytest.raises(ReleaseRefusedError, match="passages that nobody has read"):
        law_note.get_latest_revision().publish()

    assert "Open the translation, read it, and publish it there." in report.problems[0]
    assert not find_polish(LawNotePage).live


def test_law_note_of_a_machine_is_published_by_a_person_from_its_editor(
    law_note, admin_client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(reverse("wagtailadmin_pages:edit", args=[law_note.pk]), {"action": "publish"})

    assert find_polish(LawNotePage).live
    assert Window.objects.get(locale="pl", type="law-note").state == "machine"


def test_localizes_own_button_obeys_the_same_refusals(article, service, admin_client, admin_user):
    run(article)
    publish(article, answer=HARD)
    translation = Translation.objects.get()
    sent = len(service.requests)

    response = admin_client.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]))

    messages = " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert ("LIX" in messages, len(service.requests)) == (True, sent)


def test_localizes_form_that_updates_translations_offers_no_machine(article, service, admin_client):
    run(article)
    address = reverse("wagtail_localize:update_translations", args=[Translation.objects.get().source_id])

    assert "use_machine_translation" not in admin_client.get(address).context["form"].fields


def test_deepl_answers_with_an_error_that_is_no_translation(article, service, settings, monkeypatch):
    from wagtail_localize.machine_translators.deepl import DeepLTranslator

    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = build_machine_translator("deepl", key="k", url="", timeout_seconds=1)
    monkeypatch.setattr(DeepLTranslator, "get_api_endpoint", lambda self: f"{service.url}/nothing")

    report = run(article)

    assert {result.reason for result in report.loud} == {"DeepL answered something else than a translation"}
    assert list_stored() == {}


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        ({}, []),
        ({"MACHINE_TRANSLATION": "google"}, ["translation.E001"]),
        ({"MACHINE_TRANSLATION": "deepl"}, ["translation.E002"]),
        ({"MACHINE_TRANSLATION": "libretranslate", "MACHINE_TRANSLATION_URL": "x"}, ["translation.E003"]),
        ({"MACHINE_TRANSLATION_TIMEOUT_SECONDS": 0}, ["translation.E004"]),
    ],
)
def test_wrong_settings_are_said_before_the_site_opens(settings, values, ids):
    for name, value in values.items():
        setattr(settings, name, value)

    assert [error.id for error in check_machine_translation(None)] == ids


def test_languages_of_the_site_can_be_asked_for(service, site):
    from wagtail_localize.machine_translators import get_machine_translator

    translator = get_machine_translator()

    assert all(translator.can_translate(get_locale("da"), get_locale(code)) for code in ("pl", "ar", "uk"))
