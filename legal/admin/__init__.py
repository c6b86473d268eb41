"""The law in the editor."""
