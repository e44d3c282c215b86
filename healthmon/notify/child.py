"""This is the place for starting the child process that sends a letter, and for hearing what became of it.

A process for each try: loading Apprise costs half a second and 53 MB, but messages are rare, and what hangs,
leaks or crashes in there is gone with it. It dies with whoever started it.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from healthmon.events import wire
from healthmon.notify.address import scheme
from healthmon.notify.errors import NotifyError, NotifyReason
from healthmon.notify.letter import Letter, Outcome, Try

LONGEST: Final = 45.0  # seconds of real time: the child gives up by itself after 30; more is one that hangs


class Flight:
    """One letter on its way. Nothing here blocks but `wait`. One thread."""

    def __init__(
        self,
        letter: Letter,
        *,
        command: Sequence[str] = (sys.executable, "-m", "healthmon.notify.sending"),
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start it. Raises NotifyError (NO_PROCESS) when the machine has no room for a process."""
        self._letter = letter
        self._now = now
        self._begun = now()
        try:
            self._child = subprocess.Popen(
                [*command, str(os.getpid())],
                stdin=subprocess.PIPE,  # addresses: anybody may read a command line
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is the recorder's to answer
            )
        except OSError as error:
            message = f"no process for sending can be started ({error.strerror}): free some memory"
            raise NotifyError(NotifyReason.NO_PROCESS, message) from error
        assert self._child.stdin is not None
        with suppress(OSError), self._child.stdin as told:  # one that died at once tells nothing when it ends
            told.write(wire.write(letter))  # a few kilobytes: a pipe takes 64 without waiting

    def poll(self) -> tuple[Try, ...] | None:
        """What became of it on each address; None while it is on its way."""
        if self._child.poll() is None:
            if self._now() - self._begun < LONGEST:
                return None
            self.end()
            return self._all_away("timeout")
        return self._answer()

    def wait(self) -> tuple[Try, ...]:
        """What became of it; blocks for at most `LONGEST`."""
        try:
            self._child.wait(LONGEST)
        except subprocess.TimeoutExpired:
            self.end()
            return self._all_away("timeout")
        return self._answer()

    def end(self) -> None:
        """Stop it where it is; the message may have gone out or not."""
        self._child.kill()
        self._child.wait()
        self._close()

    def _answer(self) -> tuple[Try, ...]:
        stdout = self._child.stdout
        said = b"" if stdout is None or stdout.closed else stdout.read()
        self._close()
        try:
            return wire.read(said, tuple[Try, ...])
        except wire.WireError:  # it crashed, or was killed
            return self._all_away("crashed")

    def _all_away(self, reason: str) -> tuple[Try, ...]:
        return tuple(Try(scheme(address), Outcome.AWAY, reason) for address in self._letter.reach)

    def _close(self) -> None:
        if self._child.stdout is not None:
            self._child.stdout.close()
