"""This is the place for learning the log before a recorder has to: after an update, beside the old one.

A checkpoint of other code serves nobody, so the first start after an update would learn the whole log, and
no alarm can come meanwhile. Learnt ahead by the new code, the log is a checkpoint and a tail again.
"""

from collections.abc import Callable
from dataclasses import dataclass

from healthmon import log
from healthmon.app.keeping.lock import checkpoints_lock
from healthmon.app.keeping.logic import keep_logic, newest_logic
from healthmon.settings import Settings


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was `learnt` now, and what came meanwhile and is `left` to the start; in entries."""

    learnt: int
    left: int


def learn_ahead(
    settings: Settings, told: Callable[[int, int], None], *, waiting: Callable[[], None] = lambda: None
) -> Ahead:
    """Make the checkpoint that a recorder of this code and these settings starts from.

    Any process; needs no recorder and disturbs none. Waits for an upkeep that is at work (`waiting` is called
    then), and blocks for as long as the log is long; killed, the next one goes on from where it was. `told`
    hears how many entries of how many are learnt. Raises LogError, also when there is no log.
    """
    data = settings.data_folder
    log.next_offset(data)  # no log: said before a folder is made
    with checkpoints_lock(data, waits=True, waiting=waiting):
        begun = newest_logic(data, settings)[1]
        keep_logic(data, settings, told)
        ends = newest_logic(data, settings)[1]
    return Ahead(learnt=ends - begun, left=log.next_offset(data) - ends)
