"""Checks of a translated passage against its source: amounts, dates, references, links, placeholders, markup and terms."""
