"""Citations: resolved for a day, linked in released texts, and acts cited that are not known yet."""
