"""The publication log: release, withdraw, the windows in time it projects to, and the followers that read it."""
