"""What the editor shows of the log."""
