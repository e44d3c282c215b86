"""This is the place for what is done beside the recorder, in a short-lived child process of it.

Checkpoints first, so that a recorder that dies starts in seconds; then whatever else takes long or much
memory. It never takes the log's lock, runs at the lowest priority, and its death harms nobody: what was done
stays done, and the next one goes on from there. `python -m healthmon.app.upkeep PARENT`, with the settings as
JSON on standard input; PARENT is the process that started it, without which it ends, or 0.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from healthmon.app.archiving import archive_step
from healthmon.app.keeping.fold import keep_folds
from healthmon.app.keeping.lock import checkpoints_lock
from healthmon.app.keeping.logic import keep_logic
from healthmon.app.places import Places
from healthmon.app.pruning import retention_step
from healthmon.errors import HealthmonError
from healthmon.events import wire
from healthmon.log import LogError, LogReason, compress
from healthmon.settings import Settings

Step = Callable[[Places, Settings], None]

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def logic_checkpoints(places: Places, settings: Settings) -> None:
    """What the recorder starts from."""
    keep_logic(places.data, settings)


def view_checkpoints(places: Places, settings: Settings) -> None:  # noqa: ARG001 - the steps' common shape
    """What the window's first picture and any moment of the past start from."""
    keep_folds(places.data)


def compression(places: Places, settings: Settings) -> None:  # noqa: ARG001 - the steps' common shape
    """Sealed segments become about a fifteenth of their size."""
    compress(places.data)


# In this order. A step is given the places and the settings, may take as long as it likes, and raises what
# went wrong: that ends this step alone. It must be able to go on after it was killed anywhere.
STEPS: tuple[Step, ...] = (
    logic_checkpoints,
    view_checkpoints,
    archive_step,
    compression,
    retention_step,
)


def look_after(places: Places, settings: Settings, steps: Sequence[Step] = STEPS) -> list[str]:
    """Do every step once; what went wrong, a line for each step. Nothing while another process does it.

    Where not even the lock can be written no step begins, and that is the line.
    """
    try:
        with checkpoints_lock(places.data, waits=False) as is_ours:
            its = steps if is_ours else ()
            return [trouble for step in its if (trouble := _trouble_of(step, places, settings))]
    except HealthmonError as error:
        return [f"{look_after.__name__}: {error}"]


def _trouble_of(step: Step, places: Places, settings: Settings) -> str:
    try:
        step(places, settings)
    except LogError as error:
        return "" if error.reason is LogReason.NO_LOG else f"{step.__name__}: {error}"
    except HealthmonError as error:
        return f"{step.__name__}: {error}"
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a step must not keep the others from running
        return f"{step.__name__}: {error!r}"
    return ""


def main(words: Sequence[str]) -> int:
    """Look after the data folder of these settings; 1 when a step failed, told on standard error."""
    if not _dies_with(int(words[0])):
        return 0
    os.nice(19)
    settings = wire.read(sys.stdin.buffer.read(), Settings)
    problems = look_after(Places(settings.data_folder), settings)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return int(bool(problems))


def _dies_with(parent: int) -> bool:
    """Ask Linux for our end when the parent's comes; False when it came already. Elsewhere do nothing."""
    if parent and sys.platform == "linux":
        with suppress(OSError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        return os.getppid() == parent
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
