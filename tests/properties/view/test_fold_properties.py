"""A fold that was kept and brought back shows the same screens as one that has read the whole log."""

import sys
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from healthmon.app.keeping import fold as kept_folds
from healthmon.clock import TurnedClock
from healthmon.events import Entry
from healthmon.log import EventLog
from healthmon.view.desk import DeskOptions, LogDesk
from healthmon.view.fold import Fold
from healthmon.view.screen import Span
from tests.fakes.stories import START, Chapter, Home, chapters

FEW = settings(max_examples=25)  # each is a story of a thousand readings, folded again and again
OPTIONS = DeskOptions(zone=UTC, real=TurnedClock(START), is_replay=True)


class Waiting:
    """A feed of these entries, all at once."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries

    def poll(self) -> list[Entry]:
        taken, self._entries = self._entries, []
        return taken


def shown(begun: Fold, tail: list[Entry], home: Home) -> list[str]:
    """The screens of everybody over an hour and over a day, number by number."""
    desk = LogDesk(
        Waiting(tail), TurnedClock(home.now), heartbeat=lambda: None, options=replace(OPTIONS, begun=begun)
    )
    screens = []
    for person in ("", "maria", "jan", "WATCH watch-0"):
        for hours in (1, 24):
            desk.select(person)
            desk.look(Span(timedelta(hours=hours)))
            screens.append(desk.tick())
    with np.printoptions(threshold=sys.maxsize, floatmode="unique"):
        return [repr(screen) for screen in screens]


@FEW
@given(chapters, st.lists(st.floats(0, 1), min_size=1, max_size=3))
def test_a_kept_fold_and_the_tail_show_the_full_fold(story: list[Chapter], cuts: list[float]) -> None:
    home = Home().live(story)
    parted, begun = Fold(), 0

    for cut in sorted(round(cut * len(home.log)) for cut in cuts):
        parted.take(home.log[begun:cut])
        again = kept_folds.ROOMS.brought_back(kept_folds.ROOMS.kept(parted))
        assert isinstance(again, Fold)
        parted, begun = again, cut

    assert shown(parted, home.log[begun:], home) == shown(Fold(), home.log, home)


@settings(max_examples=8)  # each writes a log
@given(chapters, chapters, st.floats(0, 1))
def test_from_the_disk_too(before: list[Chapter], after: list[Chapter], cut: float) -> None:
    home = Home().live([*before, *after])
    middle = max(1, round(cut * len(home.log)))

    with TemporaryDirectory() as name:
        data = Path(name)
        with EventLog.open(data, clock=TurnedClock(START)) as log:
            for some in (home.log[:middle], home.log[middle:]):
                log.append(some)
                kept_folds.keep_folds(data)
        fold, begun = kept_folds.newest_fold(data)
        early, begun_early = kept_folds.newest_fold(data, at_most=middle)

    assert begun == len(home.log)
    assert begun_early == middle
    whole = shown(Fold(), home.log, home)
    assert shown(fold, [], home) == whole
    assert shown(early, home.log[middle:], home) == whole
