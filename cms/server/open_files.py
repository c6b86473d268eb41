"""Limit of open files of the process, which bounds its connections: each is a file to the system."""

import resource

# Databases, static and media files, the log, and the sockets of the server itself.
OWN_FILES = 256
MOST_FILES = 65_536


def raise_limit() -> int:
    """Raise the process' limit of open files as far as the system lets it; processes started from here inherit it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return count_connections()


def count_connections() -> int:
    """Count the connections that the limit leaves room for."""
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return (MOST_FILES if soft == resource.RLIM_INFINITY else min(soft, MOST_FILES)) - OWN_FILES
