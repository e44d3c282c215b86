"""This is the place for the player as a process:
`python -m healthmon.sound OUTPUT VOLUME FOLDER HOME [NAME]`.

Lines come on standard input (`healthmon.sound.talk`), one line a second goes out: how the sound is. It ends
at `bye`, and when standard input ends; but when that ends without `bye` while somebody was monitored, it
sounds by itself for a while (`healthmon.sound.guard`). OUTPUT is `auto`, or `null` for tests: everything,
played to nobody. FOLDER is where players of one home know of each other. HOME is the data folder whose
recorder it outlives, or `-` where only simulated people live: it outlives none.

What it needs it has when it has started: by the time its recorder is gone, so may be the files.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from healthmon import assets
from healthmon.errors import HealthmonError
from healthmon.sound.bursts import BURSTS, Burst, Family
from healthmon.sound.guard import Guard
from healthmon.sound.home import NO_HOME, Home
from healthmon.sound.mixer import Mixer, questions
from healthmon.sound.output import Loudspeaker
from healthmon.sound.player import Player
from healthmon.sound.post import Post
from healthmon.sound.synthesis import wave_file
from healthmon.sound.talk import Said, Told, read_asked, written

TURN: Final = 0.1  # seconds
SAYS_EVERY: Final = 1.0


def main(words: Sequence[str], *, told_alone: Callable[[], None] = lambda: None) -> int:
    """Play until told to stop; 0. `told_alone` is called when it begins to sound by itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the recorder's to answer
    kind, volume, folder, home, *name = words
    post = Post(Path(folder))
    post.take()
    speaker = Loudspeaker(is_null=kind == "null")
    wavs = {burst.name: _wav(burst) for burst in BURSTS.values()}
    player = Player(speaker, lambda burst: wavs[burst.name], preferred=" ".join(name), volume=float(volume))
    guard = Guard(post, time.monotonic(), None if home == NO_HOME else Home(Path(home)))
    # Only the usual output is the one whose mixer answers for it.
    mixer = Mixer(questions() if kind != "null" and not any(name) else ())
    duty = _Duty(player, guard, mixer, told_alone, Ears(sys.stdin.fileno()), Mouth(sys.stdout.fileno()))
    while _goes_on(duty.turn):
        pass
    guard.end()
    mixer.stop()
    player.stop()
    return 0


def _goes_on(turn: Callable[[], bool]) -> bool:
    """Whatever the machine refuses in one turn, the next one comes."""
    try:
        return turn()
    except (OSError, HealthmonError):
        time.sleep(TURN)
        return True


@dataclass(slots=True)
class _Duty:
    """A player on duty: what it hears, what it plays, what it says."""

    player: Player
    guard: Guard
    mixer: Mixer
    told_alone: Callable[[], None]
    ears: "Ears"
    mouth: "Mouth"
    sounding: Burst | None = None

    def turn(self) -> bool:
        """Listen and play for a tenth of a second; whether there is anything left to do."""
        for said, burst in self.ears.heard():
            if said is Said.BYE:
                return False
            self.guard.hear(said, burst, time.monotonic())
            if said is Said.TEST:
                self.player.hear(said, burst, time.monotonic())
        now = time.monotonic()
        if self.ears.are_deaf:
            self.guard.lose(now)
        if self.guard.is_over(now):
            return False
        self._sound(self.guard.wanted(now), now)
        self.mouth.say(self.mixer.judged(self.player.turn(now), now), now)
        return True

    def _sound(self, wanted: Burst | None, now: float) -> None:
        before, self.sounding = self.sounding, wanted
        if wanted != before:
            self.player.hear(Said.SOUND, wanted, now)
        if _is_own(wanted) and not _is_own(before):
            self.told_alone()


def _is_own(burst: Burst | None) -> bool:
    return burst is not None and burst.family is Family.EQUIPMENT


class Ears:
    """What the recorder says, until its end of the line is closed."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._rest = b""
        self.are_deaf = False

    def heard(self) -> list[tuple[Said, Burst | None]]:
        """What it said since the last call; waits for a turn at most."""
        if self.are_deaf:
            time.sleep(TURN)
            return []
        ready, _, _ = select.select([self._file], [], [], TURN)
        read = self._read() if ready else b""
        self.are_deaf = bool(ready) and not read
        *lines, self._rest = (self._rest + read).split(b"\n")
        meant = (read_asked(line.decode("utf-8", "replace")) for line in lines)
        return [one for one in meant if one is not None]

    def _read(self) -> bytes:
        with suppress(OSError):  # a line that cannot be read is one that has ended
            return os.read(self._file, 4096)
        return b""


class Mouth:
    """Says how the sound is, when it changes and every second, while somebody listens. Never waits.

    A recorder that hangs reads nothing: what does not fit is dropped, for the next line says it anew.
    """

    def __init__(self, file: int) -> None:
        os.set_blocking(file, False)
        self._file = file
        self._told: Told | None = None
        self._said_at = 0.0

    def say(self, told: Told, now: float) -> None:
        """This is how it is now."""
        if told == self._told and now - self._said_at < SAYS_EVERY:
            return
        self._told, self._said_at = told, now
        with suppress(OSError):  # nobody is there, or somebody who does not read
            os.write(self._file, written(told).encode())


def _wav(burst: Burst) -> bytes:
    """Its file, or the same made anew where an installation has lost it."""
    try:
        return assets.data("sounds", f"{burst.name}.wav")
    except (OSError, HealthmonError):
        return wave_file(burst)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
