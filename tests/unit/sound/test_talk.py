"""The recorder and its player understand each other, and nobody else confuses them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthmon.sound import BURSTS, Burst, SoundState, Told, read_told, written
from healthmon.sound.talk import LONGEST, Said, asked, read_asked


@pytest.mark.parametrize("burst", BURSTS.values(), ids=lambda burst: burst.name)
def test_what_is_asked_is_understood(burst: Burst) -> None:
    assert read_asked(asked(burst)) == (Said.SOUND, burst)


def test_silence_is_understood() -> None:
    assert read_asked(asked(None)) == (Said.QUIET, None)


@given(st.sampled_from(SoundState), st.text())
def test_what_is_told_is_one_bounded_line(state: SoundState, detail: str) -> None:
    line = written(Told(state, detail))
    assert line.count("\n") == 1
    assert len(line) <= LONGEST + 20
    told = read_told(line)
    assert told is not None
    assert told.state is state


@given(st.text())
def test_whatever_else_is_said_means_nothing_or_something_known(line: str) -> None:
    meant = read_asked(line)
    assert meant is None or meant[0] in set(Said)
    told = read_told(line)
    assert told is None or told.state in set(SoundState)
