"""`python -m backend.tabulation FILE|-`."""

import sys

from backend.tabulation.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer, sys.stderr.buffer))
