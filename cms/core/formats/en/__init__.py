"""Formats of the editor in English."""
