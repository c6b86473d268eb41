"""Law notes: their blocks, checks, shape and bundles."""
