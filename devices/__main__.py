"""This is the place where `python -m devices` begins."""

import sys

from devices.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
