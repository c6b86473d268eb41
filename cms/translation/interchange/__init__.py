"""Translations out to the translators' own tools and back: PO and XLIFF files."""
