"""Reader of LexDania 2.1, the XML in which Retsinformation publishes its documents.

Turns one document into the line that ``intake`` takes in (``lines``); apart because only it knows the XML's elements.
"""
