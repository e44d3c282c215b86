"""This is the place for the recorder's sign of life to somebody outside, while it truly records."""

import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Final

from healthmon.events import Json
from healthmon.notify.child import Flight
from healthmon.notify.courier import Flight as AnyFlight
from healthmon.notify.errors import NotifyError
from healthmon.notify.letter import Letter, Outcome, Urgency
from healthmon.notify.outside import CALL, OutsideFile

# Our choices, seconds of real time. Services of this kind are set to a period of five minutes by many, and
# want a grace time of as much and more; a call costs a child process of half a second.
EVERY: Final = 300.0
AGAIN_AFTER: Final = 60.0
TOLD_AFTER: Final = 3  # calls in a row that nobody took: a router that starts again is not told
LOOKS_EVERY: Final = 1.0  # at the file


class Outside(StrEnum):
    """Whether somebody outside would notice. The words stand in the log: never change one."""

    WORKS = "works"
    UNREACHED = "unreached"
    UNUSABLE = "unusable"  # the file, not the network
    OFF = "off"  # nobody asked for it, any more


class OutsideCare:
    """Called in every turn of the recorder, from its one thread; a look at the clock, mostly.

    What hangs, hangs in a child process. Where nobody ever asked for it, it says nothing and calls nobody.
    """

    def __init__(
        self,
        file: OutsideFile,
        *,
        launch: Callable[[Letter], AnyFlight] = Flight,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._file = file
        self._launch = launch
        self._now = now
        self._looked = now() - LOOKS_EVERY
        self._mark: tuple[int, ...] = ()
        self._address = ""
        self._next = now()
        self._flight: AnyFlight | None = None
        self._failed = 0
        self._told: tuple[Outside, str] = (Outside.OFF, "")

    @classmethod
    def of(cls, data: Path) -> "OutsideCare":
        """For the address of this data folder."""
        return cls(OutsideFile(data))

    def look_after(self, *, is_recording: bool) -> dict[str, Json] | None:
        """Call when it is time, and tell what changed, for `MONITOR REPORTS OUTSIDE`.

        `is_recording`: the log takes entries, and the broker is there. While not, nobody is called: whoever
        waits for the calls is to notice.
        """
        now = self._now()
        if now - self._looked < LOOKS_EVERY:
            return None
        self._looked = now
        found = self._read(now)
        state = self._landed(now) or found
        if self._address and self._flight is None and now >= self._next and is_recording:
            state = self._call(now) or state
        if state is None or state == self._told:
            return None
        self._told = state
        said: dict[str, Json] = {"value": state[0].value}
        return {**said, "reason": state[1]} if state[1] else said

    def stop(self) -> None:
        """End a call that is under way."""
        flight, self._flight = self._flight, None
        if flight is not None:
            flight.end()

    def _read(self, now: float) -> tuple[Outside, str] | None:
        """What a changed file comes to; None while nothing is known to be wrong."""
        mark = self._file.mark()
        if mark == self._mark:
            return None
        self.stop()
        self._mark, self._next, self._failed, self._address = mark, now, 0, ""
        try:
            self._address = self._file.read()
        except NotifyError as error:
            return Outside.UNUSABLE, error.reason.value
        return None if self._address else (Outside.OFF, "")

    def _call(self, now: float) -> tuple[Outside, str] | None:
        letter = Letter(
            reach=(CALL + self._address,), subject="", text="", urgency=Urgency.LOW, mark="", thread=""
        )
        try:
            self._flight = self._launch(letter)
        except NotifyError as error:  # no room for a process
            return self._missed(error.reason.value, now)
        return None

    def _landed(self, now: float) -> tuple[Outside, str] | None:
        tries = self._flight.poll() if self._flight is not None else None
        if tries is None:
            return None
        self._flight = None
        if any(one.outcome is Outcome.DELIVERED for one in tries):
            self._failed, self._next = 0, now + EVERY
            return Outside.WORKS, ""
        return self._missed(next((one.reason for one in tries), ""), now)

    def _missed(self, reason: str, now: float) -> tuple[Outside, str] | None:
        self._failed, self._next = self._failed + 1, now + AGAIN_AFTER
        return (Outside.UNREACHED, reason) if self._failed >= TOLD_AFTER else None
