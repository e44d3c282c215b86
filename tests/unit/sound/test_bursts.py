"""What ships is what the table says, and the table is within what such sounds are."""

import wave
from array import array
from io import BytesIO

import pytest

from healthmon import assets
from healthmon.sound import BURSTS, Burst, Family, Urgency
from healthmon.sound.synthesis import RATE, every_file, samples

PULSES = {Urgency.HIGH: 10, Urgency.MEDIUM: 3, Urgency.LOW: 2}


def _numbers(wav: bytes) -> "array[int]":
    with wave.open(BytesIO(wav), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return array("h", file.readframes(file.getnframes()))


@pytest.mark.parametrize("name", sorted(every_file()))
def test_the_files_that_ship_are_those_of_the_table(name: str) -> None:
    made, shipped = _numbers(every_file()[name]), _numbers(assets.data("sounds", name))
    assert len(made) == len(shipped)
    assert max(abs(a - b) for a, b in zip(made, shipped, strict=True)) <= 2  # sin differs by its last bit


@pytest.mark.parametrize("burst", BURSTS.values(), ids=lambda burst: burst.name)
def test_every_burst_is_within_what_was_read(burst: Burst) -> None:
    assert len(burst.pulses) == PULSES[burst.urgency]
    shortest, longest = (0.075, 0.2) if burst.urgency is Urgency.HIGH else (0.125, 0.25)
    assert all(shortest <= pulse.lasts <= longest for pulse in burst.pulses)
    assert all(150 <= pulse.pitch <= 1000 for pulse in burst.pulses)
    if burst.urgency is Urgency.HIGH:
        assert 0.35 <= burst.pulses[4].pause <= 1.3
    assert burst.again_after is None or burst.lasts < burst.again_after <= 30


def test_heart_and_oxygen_and_every_urgency_sound_different() -> None:
    sounds = {bytes(samples(burst)) for burst in BURSTS.values()}
    assert len(sounds) == len(BURSTS)


def test_a_recorder_that_dies_sounds_like_no_alarm_of_a_body() -> None:
    gone = BURSTS[Urgency.MEDIUM, Family.EQUIPMENT]
    first = [pulse.pitch for pulse in gone.pulses]
    others = [burst for burst in BURSTS.values() if burst != gone]
    assert all([pulse.pitch for pulse in burst.pulses[:3]] != first for burst in others)


def test_no_burst_clips_and_none_is_faint() -> None:
    for burst in BURSTS.values():
        loudest = max(abs(number) for number in samples(burst))
        assert 8_000 < loudest <= 32_767
