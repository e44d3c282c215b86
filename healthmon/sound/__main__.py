"""This is the place for the player as a process: `python -m healthmon.sound OUTPUT VOLUME [NAME]`.

Lines come on standard input (`healthmon.sound.talk`), one line a second goes out: how the sound is. It ends
at `bye` and when standard input ends. OUTPUT is `auto`, or `null` for tests: everything, played to nobody.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

from healthmon import assets
from healthmon.sound.bursts import Burst
from healthmon.sound.output import Loudspeaker
from healthmon.sound.player import Player
from healthmon.sound.talk import Said, read_asked, written

TURN = 0.1  # seconds
SAYS_EVERY = 1.0


def main(words: Sequence[str]) -> int:
    """Play until told to stop; 0."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the recorder's to answer
    kind, volume, *name = words
    speaker = Loudspeaker(is_null=kind == "null")
    player = Player(speaker, _file, preferred=" ".join(name), volume=float(volume))
    with suppress(BrokenPipeError):
        _run(player)
    player.stop()
    return 0


def _run(player: Player) -> None:
    rest, told, said_at = b"", None, 0.0
    while True:
        ready, _, _ = select.select([sys.stdin.fileno()], [], [], TURN)
        if ready:
            read = os.read(sys.stdin.fileno(), 4096)
            if not read:
                return
            *lines, rest = (rest + read).split(b"\n")
            if not all(_hears(player, line) for line in lines):
                return
        now = time.monotonic()
        state = player.turn(now)
        if state != told or now - said_at >= SAYS_EVERY:
            told, said_at = state, now
            os.write(sys.stdout.fileno(), written(state).encode())


def _hears(player: Player, line: bytes) -> bool:
    """Whether to go on."""
    meant = read_asked(line.decode("utf-8", "replace"))
    if meant is None:
        return True
    if meant[0] is not Said.BYE:
        player.hear(*meant, time.monotonic())
    return meant[0] is not Said.BYE


def _file(burst: Burst) -> bytes:
    return assets.data("sounds", f"{burst.name}.wav")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
