"""Access to released content: which windows a caller may see, on which day, with which terms."""
