"""Machine translation through wagtail-localize's adapters: checked passage by passage, and labelled as what it is."""
