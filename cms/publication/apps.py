"""App configuration."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "cms.publication"
    label = "publication"
