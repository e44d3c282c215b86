"""This is the place for any moment of a log: the fold, the desk and the logic, as they were then."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from healthmon import log
from healthmon.app.keeping.fold import newest_fold
from healthmon.app.keeping.logic import newest_logic
from healthmon.clock import TurnedClock
from healthmon.events import Entry
from healthmon.pipeline.logic import Logic
from healthmon.settings import Settings
from healthmon.view.desk import DeskOptions, LogDesk
from healthmon.view.fold import Fold

_BITE = 5_000
_INSTANT = timedelta(microseconds=1)


def fold_at(data: Path, moment: datetime) -> Fold:
    """Everything that was received by then, folded.

    Starts from the newest checkpoint before it: a fifth of a second where upkeep keeps up. Without any,
    the whole log up to there is folded. Damage is stepped over. Raises LogError.
    """
    end = log.offset_at(data, moment + _INSTANT)
    fold, offset = newest_fold(data, at_most=end)
    follower = log.Follower(data, offset, on_damage=lambda _: None)
    while follower.offset < end and (entries := follower.poll(end - follower.offset)):
        fold.take(entries)
    return fold


def logic_at(settings: Settings, offset: int) -> Logic:
    """What the monitor knew before the entry of this offset: what was kept last, and what was heard since.

    Two seconds where upkeep keeps up; without any checkpoint all of the log before it is learnt. Damage is
    stepped over. Raises LogError.
    """
    data = settings.data_folder
    logic, begun = newest_logic(data, settings, at_most=offset)
    follower = log.Follower(data, max(begun, log.begins_at(data)), on_damage=lambda _: None)
    while follower.offset < offset and (entries := follower.poll(min(_BITE, offset - follower.offset))):
        logic.learn(entries)
    return logic


def desk_at(data: Path, moment: datetime, options: DeskOptions | None = None) -> LogDesk:
    """A desk that stands still at that moment: its `tick` is the screen that was to be seen then."""
    then = replace(options or DeskOptions(), begun=fold_at(data, moment), is_replay=True)
    return LogDesk(_Still(), TurnedClock(moment), heartbeat=lambda: None, options=then)


class _Still:
    """A feed in which nothing happens."""

    def poll(self) -> Sequence[Entry]:
        return ()
