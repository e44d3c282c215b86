"""A muted computer is told, where the machine can be asked; where it cannot, nothing is claimed.

The answers of pactl are those of PulseAudio 16.1, taken down from a run; that of wpctl is as other people's
programs read it.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from healthmon.sound import SoundState, Told
from healthmon.sound.mixer import ASKS_EVERY, PATIENCE, QUESTIONS, Mixer, Question, is_silent, questions
from tests.fakes.homes import eventually

LOUD = """Volume: front-left: 65536 / 100% / 0.00 dB,   front-right: 65536 / 100% / 0.00 dB
        balance 0.00
"""
NOUGHT = """Volume: front-left: 0 /   0% / -inf dB,   front-right: 0 /   0% / -inf dB
        balance 0.00
"""
ONE_SIDE = """Volume: front-left: 0 /   0% / -inf dB,   front-right: 32768 /  50% / -18.06 dB
        balance 1.00
"""
WORKS = Told(SoundState.WORKS, "Built-in")
MUTED = Told(SoundState.MUTED, "Built-in")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Mute: yes\n", True),
        ("Mute: no\n", False),
        (LOUD, False),
        (NOUGHT, True),
        (ONE_SIDE, False),
        ("Volume: 0.40\n", False),
        ("Volume: 0.40 [MUTED]\n", True),
        ("Volume: 0.00\n", True),
        ("Connection failure: Connection refused\n", None),
        ("", None),
    ],
)
def test_an_answer_is_read_as_it_is_meant(answer: str, expected: bool | None) -> None:
    assert is_silent(answer) is expected


@dataclass
class Answers:
    """A machine that answers these, in turn, again and again; None: it hangs."""

    said: list[str | None]
    asked: list[str] = field(default_factory=list)
    ended: int = 0

    def ask(self, words: Sequence[str]) -> "Answers":
        self.asked.append(words[0])
        return self

    def answer(self) -> str | None:
        return self.said[(len(self.asked) - 1) % len(self.said)]

    def end(self) -> None:
        self.ended += 1


def _judged(mixer: Mixer, begin: float, end: float, told: Told = WORKS) -> Told:
    """What it says at last, of ten turns a second."""
    said = told
    for n in range(round((end - begin) * 10)):
        said = mixer.judged(told, begin + n / 10)
    return said


def test_a_computer_that_is_muted_is_told_and_its_end_too() -> None:
    machine = Answers(["Mute: yes\n", LOUD])
    mixer = Mixer([["mute"], ["volume"]], machine.ask)
    assert _judged(mixer, 0, 2) == MUTED
    machine.said = ["Mute: no\n", LOUD]
    assert _judged(mixer, 2, ASKS_EVERY + 2) == WORKS
    assert machine.asked == ["mute", "volume"] * 2


def test_a_volume_of_nought_is_muted() -> None:
    assert _judged(Mixer([["mute"], ["volume"]], Answers(["Mute: no\n", NOUGHT]).ask), 0, 2) == MUTED


def test_what_is_worse_than_muted_is_told_instead() -> None:
    lost = Told(SoundState.NO_DEVICE)
    assert _judged(Mixer([["mute"]], Answers(["Mute: yes\n"]).ask), 0, 2, lost) == lost


def test_a_machine_that_does_not_answer_is_not_waited_for_and_nothing_is_claimed() -> None:
    machine = Answers([None])
    assert _judged(Mixer([["mute"]], machine.ask), 0, PATIENCE + 1) == WORKS
    assert machine.ended == 1


def test_where_nobody_can_be_asked_nobody_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert questions() == ()
    machine = Answers(["Mute: yes\n"])
    assert _judged(Mixer((), machine.ask), 0, 100) == WORKS
    assert machine.asked == []


def test_a_real_program_is_asked_in_a_language_that_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "pactl"
    program.write_text('#!/bin/sh\ntest "$LC_ALL" = C && echo "Mute: yes ($1)"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert [words[1:] for words in questions()] == list(QUESTIONS["pactl"])
    asked = Question(questions()[0])
    try:
        heard: list[str] = []

        def is_answered() -> bool:
            said = asked.answer()
            heard.extend([] if said is None else [said])
            return bool(heard)

        assert eventually(is_answered)
        assert heard == ["Mute: yes (get-sink-mute)\n"]
    finally:
        asked.end()


def test_a_program_that_is_gone_answers_nothing(tmp_path: Path) -> None:
    asked = Question([str(tmp_path / "gone")])
    assert asked.answer() == ""
    asked.end()
