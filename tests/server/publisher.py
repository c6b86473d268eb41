"""Release texts into a site's database as told on standard input: a JSON object a line, of arguments of ``release``.

Prints a line for each: the content's id. A line that holds ``scopes`` makes a key instead and is answered with it; one that holds
``editor`` signs an administrator of that name in and is answered with the session's key.
"""

import json
import sys

import django


def main():
    """Release until standard input is closed."""
    django.setup()
    from django.db import connection

    for line in sys.stdin:
        answer = carry_out(json.loads(line))
        connection.close()
        print(answer, flush=True)  # noqa: T201


def carry_out(values):
    """Do what a line says."""
    from cms.api.keys import create_key
    from tests.api.contents import release

    if "scopes" in values:
        return create_key(name="Test", **values)[1]
    if "editor" in values:
        return sign_in(values["editor"])
    return release(**values).content_id


def sign_in(name):
    """Make an administrator and a session of theirs."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    user = get_user_model().objects.create_superuser(name, password="et langt kodeord")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


if __name__ == "__main__":
    main()
