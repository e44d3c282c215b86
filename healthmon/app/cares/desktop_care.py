"""This is the place for alarms on this machine's desktop: each is shown once, beside everything else."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from healthmon.alarms import Sounding
from healthmon.notify.child import Flight
from healthmon.notify.courier import Flight as AnyFlight
from healthmon.notify.desktop import DESKTOP, session_bus
from healthmon.notify.errors import NotifyError
from healthmon.notify.letter import Letter, Urgency
from healthmon.notify.notice import Notice
from healthmon.notify.words import Privacy, Words
from healthmon.settings import NotifySettings

REMEMBERED: Final = 100  # alarms that were shown; our choice


class DesktopCare:
    """What sounds is shown, unless the owner does not want it or nobody is logged in. One thread.

    A child process speaks to the desktop, so one that hangs holds up nothing. What becomes of it is told to
    nobody: nothing relies on it.
    """

    def __init__(
        self,
        words: Words,
        *,
        is_wanted: bool = True,
        launch: Callable[[Letter], AnyFlight] = Flight,
        has_desktop: Callable[[], bool] = lambda: bool(session_bus()),
    ) -> None:
        self._words = words
        self._is_wanted = is_wanted
        self._launch = launch
        self._has_desktop = has_desktop
        self._shown: dict[tuple[str, ...], None] = {}
        self._flights: list[AnyFlight] = []

    @classmethod
    def of(cls, settings: NotifySettings) -> "DesktopCare":
        """As the settings say."""
        return cls(Words(Privacy.of(settings.privacy)), is_wanted=settings.desktop)

    def look(self, sounding: Sounding | None, now: datetime, names: Callable[[], Mapping[str, str]]) -> None:
        """Show what sounds, if it is new. `names`: what people are called."""
        if self._flights:
            self._flights = [flight for flight in self._flights if flight.poll() is None]
        if sounding is None or not self._is_wanted:
            return
        key = (sounding.episode, sounding.alarm, sounding.priority.value)
        if key in self._shown:
            return
        self._shown[key] = None
        if len(self._shown) > REMEMBERED:
            del self._shown[next(iter(self._shown))]
        if self._has_desktop():
            self._show(sounding, now, names())

    def stop(self) -> None:
        """End what is under way."""
        for flight in self._flights:
            flight.end()
        self._flights.clear()

    def _show(self, sounding: Sounding, now: datetime, names: Mapping[str, str]) -> None:
        notice = Notice(
            cause=f"desktop:{sounding.episode}:{sounding.alarm}",
            contact="",
            at=now,
            why="floor" if sounding.is_floor else "raised",
            urgency=Urgency(sounding.priority.value),
            alarm=sounding.alarm,
            person=sounding.person or "",
            episode=sounding.episode,
        )
        try:
            self._flights.append(self._launch(self._words.letter(notice, (DESKTOP,), names)))
        except NotifyError:  # no room for a process: the sound and the messages go on
            return
