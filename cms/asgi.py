"""ASGI entry point, the one that ``serve`` uses; the strict production settings unless told otherwise.

It takes half of the connections that the process may have at most to hold requests, so that others always find one.
"""

from django.conf import settings

from cms.server.open_files import count_connections
from cms.wsgi import application as lane

from cms.api.front import Front  # isort: skip - models can be imported only once Django is set up

application = Front(
    lane, threads=settings.SERVE_THREADS, most_held=min(settings.SERVE_MOST_HELD, count_connections() // 2)
)
