"""This is the place for the one command a stranger needs: `python3 dev.py VERB`.

It parses on any Python 3, so that an old one can say what to do. The verbs are in .ci/devtools/, which is
standard library only: on a bare machine there is nothing else yet.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWEST_MINOR = 14


def newer_python() -> "str | None":
    """A Python on this machine that is new enough, or None. Each is asked: a shim may be there and fail."""
    question = "import sys; sys.exit(sys.version_info < (3, 11))"
    for minor in range(NEWEST_MINOR, OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)  # noqa: UP031
        if found and subprocess.call([found, "-c", question], stderr=subprocess.DEVNULL) == 0:
            return found
    return None


def start() -> int:
    """Hand over to devtools, or to a newer Python, or say in one line what to do."""
    if sys.version_info >= OLDEST:
        sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".ci"))  # noqa: PTH100, PTH118, PTH120
        from devtools.verbs import main

        return main(sys.argv[1:])
    newer = newer_python()
    if newer:
        os.execv(newer, [newer, os.path.abspath(__file__), *sys.argv[1:]])  # noqa: PTH100
    print(
        "dev.py: needs Python 3.11 or newer; install one (apt-get install python3.11) and repeat",
        file=sys.stderr,
    )
    return 2


if __name__ == "__main__":
    sys.exit(start())
