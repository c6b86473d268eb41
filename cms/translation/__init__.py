"""The lifecycle of translations, over wagtail-localize."""
