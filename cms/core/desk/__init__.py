"""The editor's start page: what waits for the person who opens it. Each package adds the panels it knows about."""
