"""Import of Word files and web pages in the editor."""
