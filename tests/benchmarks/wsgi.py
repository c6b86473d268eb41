"""The application as it is served: the read lane in front of Django."""

from django.core.wsgi import get_wsgi_application

django_application = get_wsgi_application()

from cms.api.lane import ReadLane  # noqa: E402 - models can be imported only once Django is set up

application = ReadLane(django_application)
