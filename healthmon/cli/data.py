"""`healthmon data`: what is done to all that is stored about people, from the shell."""

from collections.abc import Sequence

from healthmon.cli.kinds import run_kind

# Each is a file beside this one, data_KIND.py, loaded when it is asked for.
KINDS = {
    "backup": "everything in one file, while recording goes on",
    "restore": "a backup into a new data folder",
    "prepare": "after an update: learn the log before the recorder is started again",
    "erase": "a person, from everything that is stored here",
}


def run(words: Sequence[str]) -> int:
    """Run the kind of work that the first word names."""
    return run_kind("data", KINDS, "healthmon data backup /media/usb/healthmon.tar", words)
