"""Tests of searching in Elasticsearch."""
