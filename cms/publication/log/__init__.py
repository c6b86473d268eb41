"""The publication log: rows, bodies and windows, and the pure rules that plan them. It never sees a Wagtail page."""
