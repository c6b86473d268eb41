"""States of translations: the table, the tasks with their steps, and what brings them about."""
