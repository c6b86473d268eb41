"""The site as it is served: one process of granian over a database of its own."""
