"""LexDania 2.1: the XML in which Retsinformation gives its documents."""
