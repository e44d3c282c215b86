"""This is the place for everything the recorder looks after beside the readings, and what it says of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self, TypeAlias

from healthmon import log
from healthmon.alarms import Calls
from healthmon.app.cares.awake import AwakeCare
from healthmon.app.cares.broker_news import BrokerNews
from healthmon.app.cares.clock_news import ClockNews
from healthmon.app.cares.contact_care import ContactCare
from healthmon.app.cares.desktop_care import DesktopCare
from healthmon.app.cares.heard import Heard
from healthmon.app.cares.log_care import LogCare
from healthmon.app.cares.outside_care import OutsideCare
from healthmon.app.cares.sound_care import SoundCare, player_in
from healthmon.app.cares.unrecorded import Unrecorded
from healthmon.app.places import Places
from healthmon.events import Json
from healthmon.settings import Settings

News: TypeAlias = tuple[str, dict[str, Json]]
"""What `MONITOR REPORTS` is about, and its context."""


@dataclass(frozen=True, slots=True)
class Now:
    """How things are in this turn of the recorder."""

    is_connected: bool  # to the broker
    is_written: bool  # the log, whole
    clock_behind: timedelta
    is_monitored: bool  # somebody


@dataclass(slots=True)
class Cares:
    """One of each. Called in every turn of the recorder, from its one thread; nothing blocks for long."""

    disk: LogCare
    sound: Heard
    awake: AwakeCare
    messages: ContactCare
    desktop: DesktopCare
    outside: OutsideCare
    broker: BrokerNews = field(default_factory=BrokerNews)
    clock: ClockNews = field(default_factory=ClockNews)
    unrecorded: Unrecorded = field(default_factory=Unrecorded)

    @classmethod
    def of(
        cls, settings: Settings, journal: log.EventLog, letters: log.DeadLetters, *, is_demo: bool = False
    ) -> "Cares":
        """For a recorder with these settings and this log. The player of a demo ends with its recorder."""
        places = Places(settings.data_folder)
        home = None if is_demo else places.data.absolute()
        return cls(
            disk=LogCare(journal, letters),
            sound=Heard(SoundCare(settings.sound, player_in(places.runtime, settings.notify, home))),
            awake=AwakeCare(is_wanted=settings.recorder.awake),
            messages=ContactCare.of(settings.data_folder, settings.notify),
            desktop=DesktopCare.of(settings.notify),
            outside=OutsideCare.of(settings.data_folder),
        )

    def news(self, now: Now) -> Iterator[News]:
        """What has changed. The alarms about machines are made of it (alarms/technical.py)."""
        looked = (
            ("LOG", self.disk.look_after()),
            ("BROKER", self.broker.look(is_up=now.is_connected)),
            ("CLOCK", self.clock.look(now.clock_behind)),
            ("SOUND", self.sound.news()),
            ("AWAKE", self.awake.look_after(is_monitored=now.is_monitored)),
            ("CONTACTS", self.messages.news()),
            ("OUTSIDE", self.outside.look_after(is_recording=now.is_connected and now.is_written)),
        )
        yield from ((about, context) for about, context in looked if context is not None)

    def call(
        self,
        calls: Calls,
        names: Callable[[], Mapping[str, str]],
        now: datetime,
        *,
        is_monitored: bool,
        refused_for: float = 0.0,
    ) -> None:
        """Let be heard, sent and shown what rings now. `names`: what people are called.

        `is_monitored`: somebody is; then a player whose recorder dies sounds by itself.
        `refused_for`: how many seconds the log has refused to be written; after half a minute that rings too.
        """
        self.unrecorded.look(refused_for, calls.on_duty(), now)
        beside = self.unrecorded.sounding(calls.paused_until, now)
        self.sound.look(calls, now, beside, is_monitored=is_monitored)
        beyond = self.unrecorded.pending()
        self.messages.look(calls.pending(), names, lambda: calls.open_calls(now), beyond)
        self.desktop.look(calls.sounding(now) or beside, now, names)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        """Silence, no more messages, and let the machine sleep. After an error the player goes on."""
        if error is None:
            self.sound.stop()
        else:
            self.sound.abandon()
        self.messages.stop()
        self.desktop.stop()
        self.outside.stop()
        self.awake.stop()
