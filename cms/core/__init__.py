"""Base page, locales, organisations, vocabularies and blocks: what every content type is made of."""
