"""Content bundles: NDJSON in and out, the same format for starter content, mirrors and moving house."""
