"""The editor's start page: what waits for the person who opens it, and nothing that is not theirs."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from cms.core.calendar import today
from cms.core.enums import Visibility
from cms.core.models import Consortium, DeskVisit
from cms.exchange.sites import get_home
from cms.translation.enums import WorkState
from knowledge.models import ArticlePage, BestPracticePage
from legal.notes.law_note_page import LawNotePage
from tests.exchange.test_bundle_import import make_line, run
from tests.factories.pages import make_page, publish, translate
from tests.translation.desk.translated_pages import make_task

pytestmark = pytest.mark.django_db

HOME = reverse("wagtailadmin_home")
SECTIONS = ("law-notes", "articles", "best-practices")


def log_in(name: str, page: Any = None, *permissions: str) -> Client:
    """Log somebody in who has permissions on one part of the tree and on nothing else."""
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in permissions:
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user = User.objects.create_user(name, password="en-lang-adgangskode")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def open_home(client: Client) -> str:
    return client.get(HOME).content.decode()


def read_panel(client: Client, name: str) -> str:
    """Read one panel of the start page, "" where it is not shown."""
    return open_home(client).partition(f'id="{name}-section"')[2].partition("</section>")[0]


def make_sections() -> dict[str, Any]:
    fields = {"layout": "section"}
    run(
        *(
            make_line(kind="page", source_id=f"section-{name}", title=name, html=None, fields=fields)
            for name in SECTIONS
        )
    )
    return {page.title: page for page in get_home("da").get_children().specific()}


def test_shortcuts_lead_to_the_sections_a_person_may_write_in(site: Any, admin_client: Client) -> None:
    sections = make_sections()
    addresses = {
        name: reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, sections[name].pk])
        for name, model in zip(SECTIONS, (LawNotePage, ArticlePage, BestPracticePage), strict=True)
    }

    everything = open_home(admin_client)
    own = open_home(log_in("konsulent", sections["best-practices"], "add_page"))
    nothing = open_home(log_in("gæst"))

    assert [name for name, address in addresses.items() if address in everything] == list(SECTIONS)
    assert [name for name, address in addresses.items() if address in own] == ["best-practices"]
    assert [name for name, address in addresses.items() if address in nothing] == []


def test_drafts_are_a_persons_own_until_they_are_published(site: Any, admin_client: Client, admin_user: Any) -> None:
    mine, others = make_page(title="Min kladde"), make_page(title="En andens kladde")
    revision = mine.save_revision(user=admin_user)
    others.save_revision(user=User.objects.create_user("anden"))
    drafted = open_home(admin_client)

    revision.publish()

    edit = reverse("wagtailadmin_pages:edit", args=[mine.pk])
    assert (edit in drafted, "En andens kladde" in drafted) == (True, False)
    assert "Mine kladder" not in open_home(admin_client)


def test_planned_versions_of_the_week_are_listed_with_their_day(site: Any, admin_client: Client) -> None:
    page = publish(make_page(title="Kommer snart", applies_from=today() + timedelta(days=3)))
    publish(make_page(title="Kommer senere", applies_from=today() + timedelta(days=30)))

    shown = read_panel(admin_client, "planned-this-week")

    assert reverse("publication_versions", args=[page.pk]) in shown
    assert "Kommer senere" not in shown


def test_planned_texts_of_others_are_not_listed(site: Any) -> None:
    publish(make_page(title="Kommer snart", applies_from=today() + timedelta(days=3)))

    assert read_panel(log_in("gæst"), "planned-this-week") == ""


def test_scheduled_page_is_planned(site: Any, admin_client: Client) -> None:
    page = make_page(title="På vej", go_live_at=timezone.now() + timedelta(days=2))
    page.save_revision().publish()

    assert "På vej" in read_panel(admin_client, "planned-this-week")


def test_stale_translations_are_listed_for_who_may_edit_them(site: Any, admin_client: Client) -> None:
    article = publish(make_page(title="Kilden"))
    translate(article, "pl", title="Tłumaczenie")
    publish(article, title="Kilden er en anden", significance="substantive")

    make_task(article, state=WorkState.OUTDATED)

    shown = read_panel(admin_client, "translations-inbox")

    assert reverse("translation_three_way", args=[article.translation_key, "pl"]) in shown
    assert read_panel(log_in("gæst"), "translations-inbox") == ""


@pytest.mark.parametrize(
    ("visibility", "is_seen"), [(Visibility.PUBLIC, True), (Visibility.NETWORK, True), (Visibility.CONSORTIUM, False)]
)
def test_news_are_what_a_person_may_see(site: Any, visibility: str, is_seen: bool) -> None:
    consortium = Consortium.objects.get_or_create(
        slug="vest", defaults={"name": "Vest", "valid_from": date(2020, 1, 1)}
    )[0]
    page = publish(make_page(title="Nyhed", visibility=visibility, consortium=consortium))

    assert ("Nyhed" in open_home(log_in("gæst"))) == is_seen
    assert "Nyhed" in open_home(log_in("ejer", page, "change_page"))


def test_news_begin_where_the_visit_before_ended(site: Any, admin_client: Client) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        publish(make_page(title="Set i forgårs"))
        seen = open_home(admin_client)
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        publish(make_page(title="Skrevet i går"))
    again = open_home(admin_client)

    assert "Set i forgårs" in seen
    assert ("Set i forgårs" in again, "Skrevet i går" in again) == (False, True)
    assert "Skrevet i går" in open_home(admin_client)
    assert DeskVisit.objects.count() == 1


def test_start_page_asks_the_same_number_of_questions_for_any_number_of_texts(
    site: Any, admin_client: Client, admin_user: Any, django_assert_max_num_queries: Any
) -> None:
    def fill(count: int) -> None:
        for number in range(count):
            make_page(title=f"Kladde {number}").save_revision(user=admin_user)
            publish(make_page(title=f"Kommer {number}", applies_from=today() + timedelta(days=1)))
            translate(article := publish(make_page(title=f"Kilde {number}")), "en", title=f"Source {number}")
            publish(article, title=f"Ny kilde {number}", significance="substantive")

    make_sections()
    fill(8)
    open_home(admin_client)
    with django_assert_max_num_queries(200) as few:
        open_home(admin_client)
    fill(2)

    with django_assert_max_num_queries(len(few)):
        open_home(admin_client)


def test_editor_bears_our_name_and_leads_to_our_guide(site: Any, admin_client: Client) -> None:
    pages = [
        Client().get(reverse("wagtailadmin_login")).content.decode(),
        open_home(admin_client),
        admin_client.get(reverse("core_guide")).content.decode(),
    ]

    assert all("Videnbro</title>" in page and "core/mark" in page for page in pages)
    assert [line for page in pages for line in page.splitlines() if "wagtail.org" in line or "gravatar" in line] == []
    assert reverse("core_guide") in pages[1]
    assert "Hvor en tekst hører hjemme" in pages[2]
