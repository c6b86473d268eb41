"""Passages of a text: what wagtail-localize offers to translators, what is missing, and what a translation was read from."""
