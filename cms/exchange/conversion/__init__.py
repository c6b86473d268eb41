"""Conversion of HTML and Word documents to the blocks of a body, with a report of what could not be kept."""
