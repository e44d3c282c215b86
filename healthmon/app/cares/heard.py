"""This is the place for what is heard: the alarm that sounds, as a burst that the player knows."""

from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms import Calls, Sounding
from healthmon.app.cares.sound_care import SoundCare, SoundNews
from healthmon.events import Json
from healthmon.sound import BURSTS, Burst, Family, Urgency

A_TEST_IS_NEW: Final = timedelta(seconds=10)  # one asked for while nobody recorded is not played hours later


class Heard:
    """What rings is heard whether or not the log can be written. One thread."""

    def __init__(self, care: SoundCare) -> None:
        self._care = care
        self._news: SoundNews | None = None
        self._tested_at: datetime | None = None
        self._wanted: Burst | None = None

    @property
    def state(self) -> str:
        """How the sound is, in a word; empty before the player has said so."""
        return self._care.state.state.value if self._care.state is not None else ""

    @property
    def playing(self) -> str:
        """The burst that is to be heard now: "high-oxygen"; empty for silence."""
        return self._wanted.name if self._wanted is not None else ""

    def news(self) -> dict[str, Json] | None:
        """The context of REPORTS SOUND when the sound itself has changed."""
        news, self._news = self._news, None
        return None if news is None else news.context()

    def look(
        self, calls: Calls, now: datetime, beside: Sounding | None = None, *, is_monitored: bool = False
    ) -> None:
        """Let be heard what rings, else what stands `beside` the log's alarms.

        Called in every turn, and every second while the log cannot be written.
        """
        tested_at, known = calls.sound_tested_at, self._tested_at
        self._tested_at = tested_at
        is_test = tested_at is not None and tested_at != known and now - tested_at < A_TEST_IS_NEW
        self._wanted = burst_of(calls.sounding(now) or beside)
        news = self._care.look_after(self._wanted, is_test=is_test, is_monitored=is_monitored)
        self._news = news or self._news

    def stop(self) -> None:
        """Silence."""
        self._care.stop()

    def abandon(self) -> None:
        """The recorder ends, and not because somebody wanted it: the player goes on as it finds right."""
        self._care.abandon()


def burst_of(sounding: Sounding | None) -> Burst | None:
    """The burst for it."""
    if sounding is None:
        return None
    return BURSTS[Urgency(sounding.priority.value), Family(sounding.tune.value)]
