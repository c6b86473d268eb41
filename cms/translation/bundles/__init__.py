"""Release bundles: texts and languages that go live together or not at all."""
