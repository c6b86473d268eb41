"""Tests of the texts that are searched."""
