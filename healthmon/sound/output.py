"""This is the place for the machine's loudspeaker: the only one that knows miniaudio.

miniaudio finds PulseAudio, PipeWire, ALSA or JACK when it runs, and needs none of them to be installed. Two
of its habits are worked around: ALSA's "null" output and PulseAudio's dummy sink count as no output at all,
because nobody would hear them; and an output that is unplugged is not always told of, so whoever plays looks
whether the sound moves on (`Playing.played`), and at the list of outputs now and then.
"""

import wave
from collections.abc import Generator
from contextlib import suppress
from io import BytesIO
from typing import Final, Protocol

import miniaudio

from healthmon.sound.talk import LONGEST

# Outputs that swallow what they are given: ALSA's null device, PulseAudio's and PipeWire's dummies.
_NOBODY_HEARS: Final = ("discard all samples", "dummy output", "auto_null", "null output")
_BUFFER_MS: Final = 100


class OutputError(Exception):
    """The loudspeaker refused. Its text is the library's: short, and shown as plain text."""


class Playing(Protocol):
    """A sound that is being played, in a thread of the library."""

    @property
    def played(self) -> float:
        """The part that the output has taken, 0 to 1."""

    def stop(self) -> None:
        """End it. May hang where an output was unplugged: so this is a process of its own."""


class Output(Protocol):
    """What the player needs of the machine."""

    def names(self) -> list[str]:
        """The outputs that somebody could hear, the usual one first; none when there is none."""

    def play(self, wav: bytes, name: str, volume: float) -> Playing:
        """Begin to play. Returns at once. Raises OutputError."""


class Loudspeaker:
    """The real one. With `is_null` it is for tests: the library's null backend, to nobody, in real time."""

    def __init__(self, *, is_null: bool = False) -> None:
        self._backends = [miniaudio.Backend.NULL] if is_null else []

    def names(self) -> list[str]:
        """See `Output`. About 7 ms of processor with ALSA."""
        return [str(device["name"]) for device in self._devices()]

    def play(self, wav: bytes, name: str, volume: float) -> Playing:
        """See `Output`."""
        found = next((one for one in self._devices() if one["name"] == name), None)
        try:
            return _Playing(wav, found["id"] if found else None, self._backends, volume)
        except (miniaudio.MiniaudioError, wave.Error, EOFError) as error:
            raise OutputError(str(error)[:LONGEST]) from error

    def _devices(self) -> list[dict[str, object]]:
        try:
            found: list[dict[str, object]] = miniaudio.Devices(self._backends).get_playbacks()
        except miniaudio.MiniaudioError:
            return []
        if self._backends:
            return found
        return [one for one in found if not str(one["name"]).lower().startswith(_NOBODY_HEARS)]


class _Playing:
    """One burst on its way."""

    def __init__(self, wav: bytes, device: object, backends: list[miniaudio.Backend], volume: float) -> None:
        with wave.open(BytesIO(wav), "rb") as file:
            self._frames = _quieter(file.readframes(file.getnframes()), volume)
            rate = file.getframerate()
        self._taken = 0
        sample = miniaudio.SampleFormat.SIGNED16
        self._device = miniaudio.PlaybackDevice(sample, 1, rate, _BUFFER_MS, device, backends=backends)
        feed = self._feed()
        next(feed)
        self._device.start(feed)

    @property
    def played(self) -> float:
        """See `Playing`."""
        return min(1.0, self._taken / len(self._frames))

    def stop(self) -> None:
        """See `Playing`."""
        with suppress(miniaudio.MiniaudioError):
            self._device.close()

    def _feed(self) -> Generator[bytes, int, None]:
        wanted = yield b""
        while True:
            begun = self._taken
            self._taken += 2 * wanted
            wanted = yield self._frames[begun : begun + 2 * wanted].ljust(2 * wanted, b"\0")


def _quieter(frames: bytes, volume: float) -> bytes:
    numbers = memoryview(frames).cast("h")
    return b"".join(round(number * volume).to_bytes(2, "little", signed=True) for number in numbers)
