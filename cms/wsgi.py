"""WSGI entry point; the strict production settings unless told otherwise. The read lane stands in front of Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

django_application = get_wsgi_application()

from cms.api.lane import ReadLane  # noqa: E402 - models can be imported only once Django is set up

application = ReadLane(django_application)
