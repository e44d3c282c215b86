"""This is the place for whether this computer's own mixer lets anything be heard: muted, or turned to nought.

It is asked of `pactl` (PulseAudio, and PipeWire where it speaks for it) or `wpctl` (PipeWire) when one of
them is there; they are programs of their own, run for a moment, so nothing is linked and nothing is needed.
Where neither answers it is not known, as on Windows, macOS and bare ALSA, whose cards have mixers of all
kinds. What cannot be known is not claimed.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, Final, Protocol

from healthmon.sound.talk import SoundState, Told

ASKS_EVERY: Final = 30.0  # seconds; our choice: two processes of ten milliseconds
PATIENCE: Final = 3.0  # seconds for an answer; then it is not known
LONGEST: Final = 4096  # bytes of an answer
QUESTIONS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "pactl": (("get-sink-mute", "@DEFAULT_SINK@"), ("get-sink-volume", "@DEFAULT_SINK@")),
    "wpctl": (("get-volume", "@DEFAULT_AUDIO_SINK@"),),
}
_MUTE: Final = re.compile(r"^Mute: (yes|no)\b", re.MULTILINE)
_PERCENT: Final = re.compile(r"/ +(\d+)% /")
_PART: Final = re.compile(r"^Volume: (\d+\.\d+)( \[MUTED\])?", re.MULTILINE)


class Asked(Protocol):
    """A question that is being answered."""

    def answer(self) -> str | None:
        """What was answered; empty for nothing of use; None while it is not there."""

    def end(self) -> None:
        """Do not wait any more."""


def is_silent(answer: str) -> bool | None:
    """Whether an answer says that nothing can be heard; None when it says nothing of that."""
    muted, percents, part = _MUTE.search(answer), _PERCENT.findall(answer), _PART.search(answer)
    if muted is not None:
        return muted[1] == "yes"
    if percents:
        return all(int(percent) == 0 for percent in percents)
    if part is not None:
        return part[2] is not None or float(part[1]) == 0
    return None


def questions() -> tuple[tuple[str, ...], ...]:
    """What can be asked on this machine; nothing where there is nobody to ask."""
    for program, asked in QUESTIONS.items():
        found = shutil.which(program)
        if found is not None:
            return tuple((found, *words) for words in asked)
    return ()


class Mixer:
    """Asks now and then. One thread; never blocks. What is not known changes nothing."""

    def __init__(
        self, asks: Sequence[Sequence[str]], ask: Callable[[Sequence[str]], Asked] | None = None
    ) -> None:
        """`asks`: the questions, one after the other; none: it never asks."""
        self._asks = tuple(asks)
        self._ask = ask or Question
        self._waiting: list[Sequence[str]] = []
        self._asked: tuple[Asked, float] | None = None
        self._heard: list[bool | None] = []
        self._next = 0.0
        self._is_silent = False

    def judged(self, told: Told, now: float) -> Told:
        """How the sound is, now that the mixer had its say: an output that works may still be muted."""
        self._turn(now)
        if self._is_silent and told.state is SoundState.WORKS:
            return Told(SoundState.MUTED, told.detail)
        return told

    def stop(self) -> None:
        """Ask no more."""
        asked, self._asked = self._asked, None
        if asked is not None:
            asked[0].end()

    def _turn(self, now: float) -> None:
        if self._asked is not None:
            self._listen(*self._asked, now)
        elif self._waiting:
            self._asked = (self._ask(self._waiting.pop(0)), now)
        elif self._heard:
            self._is_silent, self._heard = any(self._heard), []
        elif self._asks and now >= self._next:
            self._next, self._waiting = now + ASKS_EVERY, list(self._asks)

    def _listen(self, asked: Asked, since: float, now: float) -> None:
        answer = asked.answer()
        if answer is None and now - since < PATIENCE:
            return
        self.stop()
        self._heard.append(is_silent(answer or ""))


class Question:
    """One question to a program of this machine, in the language that is read here."""

    def __init__(self, words: Sequence[str]) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):  # gone since it was looked for, or no room: not known
            self._process = subprocess.Popen(
                list(words),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "LC_ALL": "C"},
            )

    def answer(self) -> str | None:
        """See `Asked`."""
        if self._process is None:
            return ""
        if self._process.poll() is None:
            return None
        return _read(self._process.stdout) if self._process.returncode == 0 else ""

    def end(self) -> None:
        """See `Asked`."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()


def _read(stdout: "IO[bytes] | None") -> str:
    return "" if stdout is None else os.read(stdout.fileno(), LONGEST).decode("utf-8", "replace")
