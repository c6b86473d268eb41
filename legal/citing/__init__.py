"""Resolving citations for a day, by ELI URI or by name, and linking those that stand in released texts.

Apart from ``recognition`` because resolving asks the database which acts there are; recognising only reads words.
"""
