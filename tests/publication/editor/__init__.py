"""Tests of the editor's views."""
