"""What the translation editor of wagtail-localize lacks: passages left as they are, locks, translations made by hand."""
