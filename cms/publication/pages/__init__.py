"""From Wagtail pages to the log: build documents, release and withdraw as pages are published, moved, deleted."""
