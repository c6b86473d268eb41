"""Every answer of the site has a policy and a lifetime, whoever built it."""

import re

import pytest

from tests.api.contents import release, withdraw

ID = "00000000-0000-4000-8000-000000000000"
ADDRESSES = [
    "/",
    "/da/",
    "/da/er-her/",
    "/da/er-her/?page=0",
    "/da/er-her",
    "/da/var-her/",
    "/da/er-flyttet/",
    "/da/search/",
    "/xx/",
    "/robots.txt",
    "/sitemap.xml",
    "/was",
    "/livez",
    "/readyz",
    "/api/v1/",
    "/api/v1/documents",
    "/api/v1/documents/",
    f"/api/v1/documents/{ID}/",
    "/api/v1/snapshot/",
    "/api/v1/changes/",
    "/api/v1/docs/",
    "/api/v1/feeds/all.atom",
    "/admin/",
    "/admin/login/",
    "/admin/pages/",
    "/admin/nothing/",
    "/documents/1/nothing.pdf",
    "/media/nothing.png",
    "/static/nothing.css",
]


@pytest.fixture
def contents(db, tmp_path, settings):
    """A page that is there, one that was, and one that has moved."""
    settings.DATA_DIR = tmp_path
    release(path="/da/er-her/")
    withdraw(release(path="/da/var-her/").content_id)
    moved = release(path="/da/er-flyttet/")
    release(moved.content_id, path="/da/nu-her/")


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_a_policy_and_a_lifetime(client, contents, address, method):
    response = getattr(client, method)(address)

    directives = re.split(r"\s*;\s*", response.headers["Content-Security-Policy"])
    assert any(directive.startswith("default-src '") for directive in directives)
    assert any(directive.startswith("frame-ancestors '") for directive in directives)
    assert "http" not in response.headers["Content-Security-Policy"]
    assert re.search(r"no-cache|no-store|max-age=\d", response.headers["Cache-Control"])


def test_only_the_editor_may_run_what_stands_in_its_pages(client, contents, admin_client):
    own = {
        path: admin_client.get(path).headers["Content-Security-Policy"] for path in ("/admin/", "/admin/pages/", "/da/")
    }

    assert ["'unsafe-inline'" in policy for policy in own.values()] == [True, True, False]


def test_answer_without_a_body_describes_none(client, contents):
    for address in ("/api/v1/documents/", "/api/v1/snapshot/", "/da/er-her/"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

        assert again.status_code == 304
        assert not {"Content-Length", "Content-Type"} & set(again.headers)


def test_editor_asks_no_other_host(admin_client, admin_user, site):
    page = admin_client.get("/admin/").content.decode() + admin_client.get("/admin/account/").content.decode()

    assert "gravatar.com" not in page
    assert "releases.wagtail" not in page
