"""Tests of releasing pages."""
