"""Settings: ``base`` is shared, ``dev`` serves one machine, ``test`` the suite, ``production`` is the strict one."""
