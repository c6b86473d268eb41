"""Serving the site: a WSGI application behind an asynchronous server."""
