"""Tests of followers and the worker."""
