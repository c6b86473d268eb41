"""Searching in the database itself: the text table, its full-text index, and the answers from there.

It answers where no Elasticsearch is configured, and while one is out of reach; so it imports nothing of that room.
"""
