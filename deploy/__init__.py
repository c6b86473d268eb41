"""Ways to run Videnbro."""
