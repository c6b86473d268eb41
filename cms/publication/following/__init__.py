"""Followers of the log: leases, positions and the worker that runs them. Nothing here writes to the log."""
