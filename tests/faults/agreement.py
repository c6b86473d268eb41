"""Everything that is read must say the same: oracle, log, windows, API, search and mirrors."""

from datetime import timedelta

import orjson
from wagtail.models import Revision, WorkflowState

from cms.core.languages import LANGUAGES
from cms.publication.log.projection import rebuild_windows
from cms.publication.models import LogHead, Release, ReleaseBody, Window
from cms.publication.pages.agreement import list_differences
from search.asking.query import SearchQuery
from search.models import SearchText

DOCUMENTS = "/api/v1/documents/"
WINDOW_COLUMNS = (
    "release_id", "content_id", "locale", "version", "etag", "starts", "ends", "visibility", "consortium", "path", "title", "state",
)  # fmt: skip


def check_log():
    """Positions have no gaps, every released row has its document, and versions are unique."""
    rows = list(Release.objects.order_by("position").values_list("position", "kind", "version"))
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert LogHead.objects.values_list("position", flat=True).first() in (len(rows), None)
    released = {position for position, kind, _version in rows if kind == "released"}
    assert set(ReleaseBody.objects.values_list("pk", flat=True)) == released


def check_windows(oracle, today):
    """The windows say what the oracle says, on every day."""
    windows = list(Window.objects.all())
    for day in oracle.list_days(today):
        found = {}
        for window in windows:
            if window.starts <= day and (window.ends is None or day < window.ends):
                key = window.content_id, window.locale
                assert key not in found, f"two windows on {day}: {key}"
                found[key] = window
        expected, backdated = {}, set()
        for content_id, content in oracle.contents.items():
            for locale, texts in content.texts.items():
                text = content.find_applying(locale, day)
                if text is not None:
                    expected[(content_id, locale)] = text.title
                # Versions that were released again on days gone by keep those days, also from a text that came later.
                if day < today and any(text.is_backdated for text in texts):
                    backdated.add((content_id, locale))
        found = {key: window for key, window in found.items() if key not in backdated}
        expected = {key: title for key, title in expected.items() if key not in backdated}
        assert {key: window.title for key, window in found.items()} == expected, f"on {day}"
        for (content_id, locale), window in found.items() if day >= today else ():
            content = oracle.contents[content_id]
            assert (window.visibility, window.consortium) == (content.visibility, content.consortium), (
                content_id, locale, day,
            )  # fmt: skip
            assert window.state == content.find_state(locale, day), (content_id, locale, day)


def check_figures(figures, shown, oracle, today):
    """Every text shows its figures with the amount of each coming day, and says what comes after."""
    by_slug = {figure.slug: figure for figure in figures}
    windows = [
        (window, orjson.loads(bytes(window.release.stored_body.body))["blocks"])
        for window in Window.objects.select_related("release__stored_body")
    ]
    days = {day for day in oracle.list_days(today) if day >= today}
    for amount in (amount for figure in figures for amount in figure.list_amounts() if amount.valid_from > today):
        days |= {amount.valid_from, amount.valid_from - timedelta(days=1)}
    for day in sorted(days):
        for window, blocks in windows:
            if window.starts <= day and (window.ends is None or day < window.ends):
                found = [read_figure(block["value"]) for block in blocks if block["type"] == "figure"]
                expected = [list_amounts(by_slug[slug], day) for slug in shown[window.title]]
                assert found == [entry for entry in expected if entry is not None], (window.title, window.locale, day)


def read_figure(value):
    """Read ``(slug, amount, next amount)`` from a block."""
    coming = value["next"]
    return value["figure"], float(value["amount"]), coming and float(coming["amount"])


def list_amounts(figure, day):
    """List what a figure's block ought to say on a day; ``None`` where it ought not to be there."""
    current, coming = figure.find_amount(day), figure.find_next_amount(day)
    return current and (figure.slug, float(current.amount), coming and float(coming.amount))


def check_rebuilt_windows():
    """The projection made anew from the log is the same."""
    before = sorted(Window.objects.values_list(*WINDOW_COLUMNS))
    rebuild_windows()
    assert sorted(Window.objects.values_list(*WINDOW_COLUMNS)) == before


def check_pages():
    """Nothing went past the log, and nothing is released under a path where it no longer stands."""
    found = [
        (difference.content_id, difference.locale, difference.what, difference.page and difference.page.portal_path)
        for difference in list_differences()
    ]
    assert found == []


def check_pending(scheduled, handed_in):
    """Only what an editor left there is on its way: the pages scheduled, and those that wait for an approval."""
    revisions = Revision.objects.filter(approved_go_live_at__isnull=False)
    assert {int(revision.object_id) for revision in revisions} == set(scheduled)
    assert {int(state.object_id) for state in WorkflowState.objects.active()} == set(handed_in)


def list_documents(client, headers, **parameters):
    """List all pages of the API's list."""
    response = client.get(DOCUMENTS, {"limit": 100, **parameters}, headers=headers)
    documents = []
    while True:
        assert response.status_code == 200, response.content
        page = response.json()
        documents += page["results"]
        if page["next"] is None:
            return documents
        response = client.get(page["next"].removeprefix("http://testserver"), headers=headers)


def list_expected(oracle, access, locale, day, *, allow_outdated):
    """List what a caller should get of one language on a day, by id."""
    expected = {}
    for content_id, content in oracle.contents.items():
        text = content.find_applying(locale, day)
        if text is None or not content.is_visible_to(access):
            continue
        if content.type == "law-note" and not allow_outdated and content.find_state(locale, day) == "outdated":
            continue
        expected[str(content_id)] = text.title
    return expected


def check_lists(client, oracle, callers, today, *, limit):
    """The API's lists say what the oracle says today and later, and what the windows say for the past."""
    coming = [day for day in oracle.list_days(today) if day > today]
    cases = [(today, locale, False) for locale in LANGUAGES]
    cases += [(day, locale, True) for day, locale in zip(coming[:6], ("da", "en", "ar") * 2, strict=False)]
    for number, (day, locale, allow_outdated) in enumerate(cases):
        for access, headers in callers if day == today and locale == "en" else [callers[number % len(callers)]]:
            found = list_documents(
                client,
                headers,
                locale=locale,
                as_of=day.isoformat(),
                fallback="false",
                allow_outdated=str(allow_outdated).lower(),
                limit=limit,
            )
            expected = list_expected(oracle, access, locale, day, allow_outdated=allow_outdated)
            titles = [(document["id"], document["title"]) for document in found]
            assert sorted(titles) == sorted(expected.items()), (access, locale, day, allow_outdated)
            states = {document["id"]: document["translation"]["state"] for document in found}
            assert states == {
                str(content_id): content.find_state(locale, day)
                for content_id, content in oracle.contents.items()
                if str(content_id) in expected
            }, (access, locale, day)
    check_past_lists(client, callers, today)


def check_past_lists(client, callers, today):
    """A past day is answered from the windows of then, to who may see the content now."""
    latest = {}
    for row in Release.objects.order_by("position"):
        latest[row.content_id] = row
    for day in (today - timedelta(days=1), today - timedelta(days=20)):
        for access, headers in callers:
            found = list_documents(
                client, headers, locale="da", as_of=day.isoformat(), fallback="false", allow_outdated="true"
            )
            expected = [
                (str(window.content_id), window.version)
                for window in Window.objects.filter(locale="da").applying(day)
                if access.covers(window.visibility, window.consortium)
                and access.covers(latest[window.content_id].visibility, latest[window.content_id].consortium)
            ]
            assert sorted((document["id"], document["version"]) for document in found) == sorted(expected)


def check_documents(client, oracle, callers, today, content_ids):
    """One document is there exactly when the list has it, and what may not be seen does not exist."""
    for content_id in content_ids:
        content = oracle.contents[content_id]
        for access, headers in callers:
            for locale in ("da", "en"):
                asked = {"locale": locale, "fallback": "false"}
                response = client.get(f"{DOCUMENTS}{content_id}/", asked, headers=headers)
                expected = list_expected(oracle, access, locale, today, allow_outdated=False).get(str(content_id))
                if expected is not None:
                    assert (response.status_code, response.json()["title"]) == (200, expected)
                elif content.texts and not content.is_visible_to(access):
                    assert response.status_code == 404, response.content
                else:
                    assert response.status_code in (404, 410), response.content


def check_mirror(mirror, access, oracle, today):
    """A mirror that is up to date shows on each coming day, byte for byte, what the log holds for it."""
    windows = list(Window.objects.visible_to(access).select_related("release__stored_body"))
    for day in [day for day in oracle.list_days(today) if day >= today]:
        expected = {
            (str(window.content_id), window.locale): orjson.loads(bytes(window.release.stored_body.body))
            for window in windows
            if window.starts <= day and (window.ends is None or day < window.ends)
        }
        shown = mirror.show(day)
        versions = {key: (document["version"], document["title"]) for key, document in shown.items()}
        assert versions == {key: (document["version"], document["title"]) for key, document in expected.items()}, (
            f"on {day} as {access.fingerprint}"
        )
        assert shown == expected


def check_text_table():
    """The database's text table holds every window, with its days, and nothing else."""
    texts = SearchText.objects.values_list("position", "key", "content_id", "locale", "starts", "ends", "path")
    windows = Window.objects.values_list("release_id", "version", "content_id", "locale", "starts", "ends", "path")
    assert sorted(texts, key=str) == sorted(windows, key=str)


def check_search(search, oracle, callers, today, *, word):
    """Search finds what the list has, by a word that every text carries and without a word."""
    days = [day for day in oracle.list_days(today) if day >= today][:3]
    cases = [(day, locale, q) for day in days for locale in ("da", "en", "ar") for q in ("", word)]
    for number, (day, locale, q) in enumerate(cases):
        access, _headers = callers[number % len(callers)]
        expected = list_expected(oracle, access, locale, day, allow_outdated=False)
        answer = search(SearchQuery(q=q, locale=locale, as_of=day, access=access, limit=100))
        found = {result["id"]: result["title"] for result in answer["results"]}
        assert (found, answer["total"]) == (expected, len(expected)), (q, access, locale, day)
