"""Parsers of legal effects in the words of a text: commencement, amendment, repeal, consolidation, legal basis, directives.

Pure functions from sections to values. ``grouping`` stores the values and resolves the acts that they name.
"""
