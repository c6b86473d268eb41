"""Searching in Elasticsearch: connection, indices and their upkeep, requests, and the answers from there.

The only room that speaks to Elasticsearch; a site without one never enters it for an answer.
"""
