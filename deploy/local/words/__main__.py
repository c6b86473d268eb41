"""Say what is wrong with the words people read, as ``make words`` does."""

import sys

from deploy.local.children import REPOSITORY
from deploy.local.words.faults import list_faults


def main() -> int:
    """Print every fault with its file and line; return 1 if there is one."""
    faults = list_faults(REPOSITORY)
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{len(faults)} faults in the words people read.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
