"""This is the place for looking after the log's disk: tried again every second, and told when it changes."""

import time

from healthmon.events import Json
from healthmon.log import DeadLetters, EventLog, LogState

LOOK_EVERY = 1.0  # seconds of real time


class LogCare:
    """Called in every turn of the recorder. One thread."""

    def __init__(self, journal: EventLog, letters: DeadLetters) -> None:
        self._journal = journal
        self._letters = letters
        self._looked = 0.0
        self._told = LogState.WELL

    def look_after(self) -> dict[str, Json] | None:
        """The context of REPORTS LOG when how the disk is has changed; None while there is no news.

        Brings back what went elsewhere, as soon as it can; blocks for 1 MiB of it at most.
        """
        state = self._journal.state
        if time.monotonic() - self._looked >= LOOK_EVERY:
            self._looked = time.monotonic()
            was_well = state is LogState.WELL
            state = self._journal.recover()
            if state is not LogState.OVERFLOW and not was_well:
                self._letters.recover()
        if state is self._told:
            return None
        self._told = state
        return {"value": state.value, "reason": self._journal.trouble_reason}
