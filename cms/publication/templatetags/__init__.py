"""Template tags of the log for the editor."""
