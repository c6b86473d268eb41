"""Tests of searching in the database."""
