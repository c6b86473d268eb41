"""Everything behind ``make run`` and ``make test`` on one machine."""
