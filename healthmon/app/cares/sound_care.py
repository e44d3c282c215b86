"""This is the place for the recorder's care of its player: what is to be heard, and whether it can be.

Everything that can hang is in the player's process. The recorder writes a line when something changes and
reads what the player says; a player that says nothing for a while is killed and started again, and one that
is gone is started again at once.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from healthmon.events import Json
from healthmon.settings import NotifySettings, SoundSettings
from healthmon.sound import Burst, SoundState, Told, read_told
from healthmon.sound.home import NO_HOME
from healthmon.sound.talk import Said, asked

SILENT_FOR: Final = 5.0  # seconds of real time without a word: the player hangs
STARTS_IN: Final = 20.0  # seconds a player may take for its first word, on a machine that is busy
AGAIN_AFTER: Final = 2.0  # seconds between the end of one player and the start of the next
LIVES_FOR: Final = 60.0  # seconds; our choice: one that goes sooner than that after another is told
LIVES_EVERY: Final = 5.0  # seconds between two words that somebody is monitored; far below guard.STANDS_STILL
PLAYER: Final = (sys.executable, "-m", "healthmon.app.player")
LEAST_VOLUME: Final = 0.2  # our choice: nobody switches alarms off by a volume of zero


class Line(Protocol):
    """A player's process, as the recorder sees it. Nothing here blocks."""

    def send(self, text: str) -> bool:
        """Say something; False when it cannot be said."""

    def receive(self) -> list[str]:
        """The whole lines it has said since the last call."""

    @property
    def is_gone(self) -> bool:
        """Whether its process has ended by itself, or somebody killed it."""

    def end(self) -> None:
        """End it, and wait until it has ended."""

    def leave(self) -> None:
        """Close the line without a goodbye: it sounds by itself if somebody was monitored."""


@dataclass(frozen=True, slots=True)
class SoundNews:
    """How the sound is now, once for each change."""

    told: Told

    def context(self) -> dict[str, Json]:
        """As `MONITOR REPORTS SOUND` says it."""
        said: dict[str, Json] = {"value": self.told.state.value}
        return {**said, "reason": self.told.detail} if self.told.detail else said


class SoundCare:
    """Called in every turn of the recorder, from its one thread. Costs a read of an empty pipe, mostly.

    `settings.output` "none" means that the owner wants no sound: no player is started, and it says so once.
    """

    def __init__(
        self,
        settings: SoundSettings,
        start: Callable[[SoundSettings], Line],
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._start = start
        self._now = now
        self._line: Line | None = None
        self._heard = now()
        self._has_spoken = False
        self._next_start = now()
        self._begun_anew: float | None = None  # when one was gone and another started at once
        self._wanted: Burst | None = None
        self._is_monitored = False
        self._next_word = now()
        self.state: Told | None = None  # as it was told last; None before the first word

    def look_after(
        self, wanted: Burst | None, *, is_test: bool = False, is_monitored: bool = False
    ) -> SoundNews | None:
        """Ask for this burst or for silence, and tell what has changed of the sound itself.

        `is_monitored`: somebody is; a player that does not hear that any more sounds by itself.
        """
        if self._settings.output == "none":
            return self._changed(Told(SoundState.OFF))
        now = self._now()
        if self._line is None and now >= self._next_start:
            self._begin(now)
        news = self._listen(now)
        if wanted != self._wanted:
            self._wanted = wanted
            self._say(asked(wanted))
        if is_test:
            self._say(f"{Said.TEST.value}\n")
        self._tell_life(now, is_monitored=is_monitored)
        return news

    def stop(self) -> None:
        """Silence, and the end of the player."""
        self._end()

    def abandon(self) -> None:
        """No goodbye: the recorder ends by an error. Never waits."""
        line, self._line = self._line, None
        if line is not None:
            line.leave()

    def _tell_life(self, now: float, *, is_monitored: bool) -> None:
        """Say that somebody is monitored, again and again; or once that nobody is any more."""
        if is_monitored and now >= self._next_word:
            self._next_word = now + LIVES_EVERY
            self._say(f"{Said.MONITORED.value}\n")
        elif self._is_monitored and not is_monitored:
            self._next_word = now
            self._say(f"{Said.UNMONITORED.value}\n")
        self._is_monitored = is_monitored

    def _begin(self, now: float) -> None:
        self._heard, self._has_spoken, self._next_word = now, False, now
        try:
            self._line = self._start(self._settings)
        except OSError:
            self._next_start = now + AGAIN_AFTER
            return
        if self._wanted is not None:
            self._say(asked(self._wanted))

    def _listen(self, now: float) -> SoundNews | None:
        if self._line is None:
            return None
        told = [one for line in self._line.receive() if (one := read_told(line)) is not None]
        if told:
            self._heard, self._has_spoken = now, True
            return self._changed(told[-1])
        if self._line.is_gone:
            return self._begin_anew(now)
        if now - self._heard <= (SILENT_FOR if self._has_spoken else STARTS_IN):
            return None
        return self._failed("the player did not answer and was started again", now)

    def _begin_anew(self, now: float) -> SoundNews | None:
        """Once without a word to anybody: what was to be heard is heard again within a second, mostly."""
        last, self._begun_anew = self._begun_anew, now
        if not self._has_spoken or (last is not None and now - last < LIVES_FOR):
            return self._failed("the player ended again and again", now)
        self._end()
        self._begin(now)
        return None

    def _failed(self, why: str, now: float) -> SoundNews | None:
        self._end()
        self._next_start = now + AGAIN_AFTER
        return self._changed(Told(SoundState.FAILED, why))

    def _end(self) -> None:
        """With a goodbye: one that is only slow is not to think that we died."""
        line, self._line = self._line, None
        if line is not None:
            line.send(f"{Said.BYE.value}\n")
            line.end()

    def _changed(self, told: Told) -> SoundNews | None:
        if told == self.state:
            return None
        self.state = told
        return SoundNews(told)

    def _say(self, text: str) -> None:
        if self._line is not None:
            self._line.send(text)  # one that cannot be told anything says nothing either, and is replaced


def command(settings: SoundSettings, folder: Path, notes: NotifySettings, home: Path | None) -> list[str]:
    """What is started: told the settings in force, for whoever reads a file may read another."""
    volume = min(1.0, max(LEAST_VOLUME, settings.volume))
    shown = [notes.privacy, "on" if notes.desktop else "off"]
    return [*PLAYER, *shown, settings.output, str(volume), str(folder), str(home or NO_HOME), settings.device]


def player_in(folder: Path, notes: NotifySettings, home: Path | None) -> Callable[[SoundSettings], Line]:
    """What starts the real player of this runtime folder: see `PlayerProcess`."""
    return lambda settings: PlayerProcess(settings, folder, notes, home)


class PlayerProcess:
    """The real player. When its standard input ends it ends too, or sounds by itself for a while.

    `folder` is where the players of one home know of each other; `notes` says what one that is left alone
    may show on the desktop. `home` is the data folder whose recorder it outlives; without one (only simulated
    people live there) it ends with its recorder.
    """

    def __init__(
        self, settings: SoundSettings, folder: Path, notes: NotifySettings, home: Path | None
    ) -> None:
        self._process = subprocess.Popen(
            command(settings, folder, notes, home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # ALSA's library complains there of every device it does not find
            start_new_session=True,  # Ctrl-C is the recorder's to answer
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)
        self._rest = b""

    def send(self, text: str) -> bool:
        """See `Line`."""
        try:
            return os.write(self._in, text.encode()) == len(text)
        except OSError:
            return False

    def receive(self) -> list[str]:
        """See `Line`."""
        with suppress(OSError):  # nothing yet
            self._rest += os.read(self._out, 65_536)
        *lines, self._rest = self._rest.split(b"\n")
        return [line.decode("utf-8", "replace") for line in lines]

    @property
    def is_gone(self) -> bool:
        """See `Line`."""
        return self._process.poll() is not None

    def leave(self) -> None:
        """See `Line`."""
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close() if pipe is not None else None

    def end(self) -> None:
        """See `Line`. A second at most: then it is killed."""
        self.leave()
        try:
            self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
