"""The recorder's care of its upkeep: when a child is started, that there is never a second, how it ends."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from healthmon.app.keeping import care
from healthmon.app.keeping.care import UpkeepCare


@dataclass
class FakeChild:
    """A process that ends when the test says so."""

    code: int | None = None
    happened: list[str] = field(default_factory=list)

    def poll(self) -> int | None:
        return self.code

    def kill(self) -> None:
        self.happened.append("killed")
        self.code = -9

    def wait(self) -> int:
        self.happened.append("waited for")
        return self.code or 0


class Stage:
    """A care whose clock is turned by hand, and the children it started."""

    def __init__(self, notes: Path | None = None) -> None:
        self.time = 1_000.0
        self.children: list[FakeChild] = []
        self.trouble: OSError | None = None
        self.care = UpkeepCare(self._start, notes=notes, now=lambda: self.time)

    def _start(self) -> FakeChild:
        if self.trouble is not None:
            raise self.trouble
        self.children.append(FakeChild())
        return self.children[-1]

    def after(self, seconds: float, offset: int = 0) -> int:
        """Look again so much later; how many were started so far."""
        self.time += seconds
        self.care.look_after(offset)
        return len(self.children)

    def ends(self, code: int) -> None:
        """The newest child ends and is noticed."""
        self.children[-1].code = code
        self.after(care.LOOK_EVERY)


def test_the_first_child_waits_until_the_recorder_has_started() -> None:
    stage = Stage()

    assert (stage.after(care.FIRST - 1), stage.after(1)) == (0, 1)


def test_the_next_comes_ten_minutes_after_and_never_beside_another() -> None:
    stage = Stage()
    stage.after(care.FIRST)

    while_it_runs = stage.after(care.EVERY * 2)
    stage.ends(0)

    assert (while_it_runs, stage.after(care.LOOK_EVERY)) == (1, 2)


def test_many_entries_bring_it_sooner_but_not_at_once() -> None:
    stage = Stage()
    stage.after(care.FIRST, 0)
    stage.ends(0)

    too_soon = stage.after(1, care.ENTRIES)

    assert (too_soon, stage.after(care.REST, care.ENTRIES)) == (1, 2)


def test_looking_costs_nothing_within_a_second() -> None:
    stage = Stage()

    started = [stage.after(0.05) for _ in range(int((care.FIRST - 1) / 0.05))]

    assert set(started) == {0}


def test_one_failure_is_no_news_and_three_are() -> None:
    stage = Stage()
    told = []

    for _ in range(3):
        stage.after(care.EVERY)
        stage.ends(1)
        told.append(stage.care.problem)

    assert told[:2] == ["", ""]
    assert "a restart will take longer" in told[2]


def test_one_that_goes_well_ends_the_complaint() -> None:
    stage = Stage()
    for code in (1, 1, 1, 0):
        stage.after(care.EVERY)
        stage.ends(code)

    assert stage.care.problem == ""


def test_the_complaint_says_what_the_child_said_last(tmp_path: Path) -> None:
    notes = tmp_path / "upkeep.txt"
    notes.write_text("view_checkpoints: the disk is full: free some space\n")
    stage = Stage(notes)
    for _ in range(3):
        stage.after(care.EVERY)
        stage.ends(1)

    assert stage.care.problem.endswith("the disk is full: free some space")


def test_a_machine_without_room_for_a_process_is_complained_of_in_the_same_way() -> None:
    stage = Stage()
    stage.trouble = OSError("no room")

    for _ in range(3):
        stage.after(care.EVERY)

    assert "no room" in stage.care.problem


@pytest.mark.parametrize("end", ["stop", "hang"])
def test_a_child_that_is_not_wanted_any_more_is_ended_and_waited_for(end: str) -> None:
    stage = Stage()
    stage.after(care.FIRST)
    acts: dict[str, Callable[[], object]] = {
        "stop": stage.care.stop,
        "hang": lambda: stage.after(care.LONGEST),
    }

    acts[end]()

    assert stage.children[0].happened == ["killed", "waited for"]
