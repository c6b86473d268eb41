"""Differences between two texts of an act: which section became which, and which words changed.

Used alike by reviews, the API, the portal and the import's check of the source; nothing here writes a row.
"""
