"""This is the place for the last thing that happens before nats-server: a promise that it dies with us.

Run as a program: `python -I -S guard.py PARENT_PID nats-server ARGUMENTS...`. It asks Linux for a SIGTERM
when its parent is gone, however it went, and becomes nats-server (same process). Linux means the parent's
thread: see `server_process`. Elsewhere it only becomes nats-server.
"""

import ctypes
import os
import signal
import sys
from typing import NoReturn

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_NO_PROMISE, _ORPHAN = 71, 72


def main(arguments: list[str]) -> NoReturn:
    """Make the promise and become the server, or exit with a code of our own."""
    parent, command = int(arguments[0]), arguments[1:]
    os.umask(0o077)
    if sys.platform == "linux":
        if ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0) != 0:
            sys.exit(_NO_PROMISE)
        if os.getppid() != parent:  # it died before the promise was made
            sys.exit(_ORPHAN)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
