"""This is the place for the child process that sends one letter and ends.

`python -m healthmon.notify.sending PARENT`, with the letter as JSON on standard input; PARENT is the process
that started it, without which it ends. It answers with a JSON array, a `Try` for each address, and tells
nothing else to anybody: not on standard error, not in a log.
"""

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic
from typing import Final

from healthmon.events import wire
from healthmon.notify.address import scheme
from healthmon.notify.desktop import DESKTOP, show
from healthmon.notify.errors import NotifyError
from healthmon.notify.kept import resolved
from healthmon.notify.letter import Letter, Outcome, Try
from healthmon.notify.outside import CALL, call, judge

PATIENCE: Final = 30.0  # seconds of real time for all addresses together; our choice
_PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h
Send = Callable[[str, Letter], Try]


def sent(letter: Letter, send: Send, *, patience: float = PATIENCE) -> list[Try]:
    """Try every address at the same time; whoever has not answered when patience ran out has timed out."""
    tries: dict[int, Try] = {}

    def one(place: int, address: str) -> None:
        tries[place] = send(address, letter)

    threads = [
        threading.Thread(target=one, args=(place, address), daemon=True)
        for place, address in enumerate(letter.reach)
    ]
    for thread in threads:
        thread.start()
    deadline = monotonic() + patience
    for thread in threads:
        thread.join(max(0.0, deadline - monotonic()))
    return [
        tries.get(place, Try(scheme(address), Outcome.AWAY, "timeout"))
        for place, address in enumerate(letter.reach)
    ]


def send_anyhow(address: str, letter: Letter) -> Try:
    """One address of any kind: kept elsewhere, the desktop's, one to be called, or Apprise's."""
    if address == DESKTOP:
        return show(letter)
    try:
        whole = resolved(address.removeprefix(CALL))
        judge(whole) if address.startswith(CALL) else None
    except NotifyError as error:
        return Try(scheme(address), Outcome.AWAY, error.reason.value, str(error))
    if address.startswith(CALL):
        return call(whole)
    from healthmon.notify.channel import send

    return send(whole, letter)


def main(words: Sequence[str]) -> int:
    """Send what standard input holds, answer on standard output."""
    if not _dies_with(int(words[0])):
        return 0
    letter = wire.read(sys.stdin.buffer.read(), Letter)
    if any(address != DESKTOP and not address.startswith(CALL) for address in letter.reach):
        from healthmon.notify.channel import load

        load()  # once, before the threads that need it
    answer = wire.write(sent(letter, send_anyhow))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    # A thread that still waits for a server waits for nobody any more.
    os._exit(0)


def _dies_with(parent: int) -> bool:
    """Ask Linux for our end when the parent's comes; False when it came already."""
    if sys.platform == "linux":
        with suppress(OSError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    return sys.platform != "linux" or os.getppid() == parent


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
