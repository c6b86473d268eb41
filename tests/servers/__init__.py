"""The real servers the suite runs against: Elasticsearch, PostgreSQL, and the Chromium browser.

Each is started when a test first asks for it, once for all worker processes, and stopped when pytest ends, however it ends.
``tests/conftest.py`` loads them with ``pytest_plugins = ["tests.servers.plugin"]``.
"""
