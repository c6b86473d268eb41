"""Which released texts rest on the law, and the reviews a change of it opens."""
