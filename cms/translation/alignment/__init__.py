"""Aligning a page that was translated by hand or by a bundle with its source, passage by passage."""
