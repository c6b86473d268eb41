"""Which texts are one act, and what is known of it on any day."""
