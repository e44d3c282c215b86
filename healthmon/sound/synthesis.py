"""This is the place for making the bursts: from the table to the sound files in resources/sounds.

`python3 dev.py run python -m healthmon.sound.synthesis resources/sounds` writes the files; a test makes them
again and compares. A player makes those that it does not find when it starts. No numpy: the same arithmetic
everywhere.
"""

import sys
import wave
from array import array
from io import BytesIO
from math import pi, sin
from pathlib import Path
from typing import Final

from healthmon.sound.bursts import BURSTS, Burst, Pulse

RATE: Final = 22_050  # samples a second: twice the highest harmonic, and room above
LOUDEST: Final = 0.8  # of full scale: the volume is the machine's to set
RISE: Final = 0.15  # of a pulse: 10 to 20 % is usual for such sounds
FALL: Final = 0.2
# Each pulse has its note and four harmonics or more of near loudness below 4 kHz: what one loudspeaker, or
# one old ear, does not pass, another part of the sound does. The note itself is the loudest.
HARMONICS: Final = ((1, 1.0), (2, 0.8), (3, 0.7), (4, 0.6), (5, 0.5), (6, 0.4))
_SUM: Final = sum(part for _, part in HARMONICS)


def samples(burst: Burst) -> "array[int]":
    """The burst as 16-bit numbers, one channel, `RATE` a second."""
    made = array("h")
    for pulse in burst.pulses:
        made.extend(_pulse(pulse))
        made.extend([0] * round(pulse.pause * RATE))
    return made


def wave_file(burst: Burst) -> bytes:
    """The burst as the bytes of a WAV file."""
    numbers = samples(burst)
    if sys.byteorder == "big":
        numbers.byteswap()
    made = BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(numbers.tobytes())
    return made.getvalue()


def every_file() -> dict[str, bytes]:
    """All the bursts by the names of their files."""
    return {f"{burst.name}.wav": wave_file(burst) for burst in BURSTS.values()}


def _pulse(pulse: Pulse) -> list[int]:
    count = round(pulse.lasts * RATE)
    return [
        round(32_767 * LOUDEST * _envelope(n / count) * _tone(pulse.pitch, n / RATE)) for n in range(count)
    ]


def _tone(pitch: float, at: float) -> float:
    turn = 2 * pi * pitch * at
    return sum(part * sin(times * turn) for times, part in HARMONICS) / _SUM


def _envelope(part: float) -> float:
    return min(1.0, part / RISE, (1.0 - part) / FALL)


if __name__ == "__main__":
    for name, wav in every_file().items():
        Path(sys.argv[1], name).write_bytes(wav)
