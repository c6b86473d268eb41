"""Formats of the editor in Danish."""
