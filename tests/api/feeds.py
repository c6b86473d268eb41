"""Following the change feed in tests."""

import json


def take_cursor(call, key=None, **selection):
    response = call("/snapshot/", key=key, **selection)
    return json.loads(b"".join(response.streaming_content).split(b"\n")[0])["cursor"]


def tell(call, cursor, key=None, **parameters):
    response = call("/changes/", key=key, cursor=cursor, **parameters)
    assert response.status_code == 200, response.content
    return response.json()


def shorten(page):
    return [(entry["kind"], entry["reason"], entry["id"], entry["version"]) for entry in page["changes"]]
