"""App configuration of the delivery API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The delivery API and its consumers' keys."""

    name = "cms.api"
    label = "api"
    verbose_name = "Delivery API"
