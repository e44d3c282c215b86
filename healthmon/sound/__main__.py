"""This is the place for the player as a process: `python -m healthmon.sound OUTPUT VOLUME FOLDER [NAME]`.

Lines come on standard input (`healthmon.sound.talk`), one line a second goes out: how the sound is. It ends
at `bye`, and when standard input ends; but when that ends without `bye` while somebody was monitored, it
sounds by itself for a while (`healthmon.sound.guard`). OUTPUT is `auto`, or `null` for tests: everything,
played to nobody. FOLDER is where players of one home know of each other.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from healthmon import assets
from healthmon.sound.bursts import Burst, Family
from healthmon.sound.guard import Guard
from healthmon.sound.mixer import Mixer, questions
from healthmon.sound.output import Loudspeaker
from healthmon.sound.player import Player
from healthmon.sound.post import Post
from healthmon.sound.talk import Said, Told, read_asked, written

TURN = 0.1  # seconds
SAYS_EVERY = 1.0


def main(words: Sequence[str], *, told_alone: Callable[[], None] = lambda: None) -> int:
    """Play until told to stop; 0. `told_alone` is called when it begins to sound by itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the recorder's to answer
    kind, volume, folder, *name = words
    post = Post(Path(folder))
    post.take()
    speaker = Loudspeaker(is_null=kind == "null")
    player = Player(speaker, _file, preferred=" ".join(name), volume=float(volume))
    guard = Guard(post, time.monotonic())
    # Only the usual output is the one whose mixer answers for it.
    mixer = Mixer(questions() if kind != "null" and not any(name) else ())
    _run(player, guard, mixer, told_alone)
    guard.end()
    mixer.stop()
    player.stop()
    return 0


def _run(player: Player, guard: Guard, mixer: Mixer, told_alone: Callable[[], None]) -> None:
    ears, mouth = _Ears(sys.stdin.fileno()), _Mouth(sys.stdout.fileno())
    sounding: Burst | None = None
    while not guard.is_over(time.monotonic()):
        heard = ears.heard()
        now = time.monotonic()
        for said, burst in heard:
            if said is Said.BYE:
                return
            guard.hear(said, burst, now)
            if said is Said.TEST:
                player.hear(said, burst, now)
        if ears.are_deaf:
            guard.lose(now)
        wanted = guard.wanted(now)
        if wanted != sounding:
            if _is_own(wanted) and not _is_own(sounding):
                told_alone()
            sounding = wanted
            player.hear(Said.SOUND, wanted, now)
        mouth.say(mixer.judged(player.turn(now), now), now)


def _is_own(burst: Burst | None) -> bool:
    return burst is not None and burst.family is Family.EQUIPMENT


class _Ears:
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
        read = os.read(self._file, 4096) if ready else b""
        self.are_deaf = bool(ready) and not read
        *lines, self._rest = (self._rest + read).split(b"\n")
        meant = (read_asked(line.decode("utf-8", "replace")) for line in lines)
        return [one for one in meant if one is not None]


class _Mouth:
    """Says how the sound is, when it changes and every second, while somebody listens."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._told: Told | None = None
        self._said_at = 0.0
        self._is_heard = True

    def say(self, told: Told, now: float) -> None:
        if not self._is_heard or (told == self._told and now - self._said_at < SAYS_EVERY):
            return
        self._told, self._said_at = told, now
        try:
            os.write(self._file, written(told).encode())
        except BrokenPipeError:
            self._is_heard = False


def _file(burst: Burst) -> bytes:
    return assets.data("sounds", f"{burst.name}.wav")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
