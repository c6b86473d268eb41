"""Tests of the question and its answer."""
