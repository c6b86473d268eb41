"""The environment of a WSGI application (PEP 3333), built from an ASGI scope."""

import sys
from collections.abc import Iterable, MutableMapping
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from cms.server.file_body import FileBody

Environ = dict[str, Any]
Scope = MutableMapping[str, Any]
MOST_NAMES = 500
OWN_NAMES = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}

_names: dict[bytes, str | None] = {}


def build_environ(scope: Scope) -> Environ:
    """Build the environment of a request whose body is not read yet; what is set in it later concerns this request alone."""
    server, client, path = scope["server"], scope["client"], scope["raw_path"]
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.file_wrapper": FileBody,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    _add_headers(environ, scope["headers"])
    return environ


def _add_headers(environ: Environ, headers: Iterable[tuple[bytes, bytes]]) -> None:
    for raw_name, raw_value in headers:
        name = _names[raw_name] if raw_name in _names else _remember_name(raw_name)
        if name is None:
            continue
        value = raw_value.decode("latin-1")
        if name in environ:
            value = f"{environ[name]}{'; ' if name == 'HTTP_COOKIE' else ','}{value}"
        environ[name] = value


def _remember_name(raw_name: bytes) -> str | None:
    """Name a header as CGI does. One with an underscore is left out: it could pass for another, such as X-Forwarded-Proto."""
    name = None if b"_" in raw_name else f"HTTP_{raw_name.decode('latin-1').upper().replace('-', '_')}"
    if len(_names) < MOST_NAMES:
        _names[raw_name] = OWN_NAMES.get(raw_name, name)
    return OWN_NAMES.get(raw_name, name)
