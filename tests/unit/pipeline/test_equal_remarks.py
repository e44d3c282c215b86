"""Two remarks of one cause with the same words are two: both are in the log, in their order, once each."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from healthmon.events import Entry, Remark, Thing
from healthmon.pipeline.logic import Logic
from tests.fakes.pipeline import START, at, reading

THRICE = ["m:doubled:FLAGS:WORD:maria:0", "m:doubled:FLAGS:WORD:maria:0~2", "m:doubled:FLAGS:WORD:maria:0~3"]


class Doubled:
    """Says the same three times of each reading, and twice ten seconds after the first."""

    name = "doubled"

    def __init__(self) -> None:
        self._due: datetime | None = START + timedelta(seconds=10)

    def observe(self, entry: Entry) -> Iterable[Remark]:
        return self._said(entry.time, "ABC") if entry.verb == "MEASURES" else ()

    def due(self) -> datetime | None:
        return self._due

    def fire(self, at: datetime) -> Iterable[Remark]:
        self._due = None
        return self._said(at, "XY")

    def forget(self, person: str) -> None:
        """It remembers nobody."""

    def _said(self, at: datetime, words: str) -> list[Remark]:
        return [Remark("doubled", "FLAGS", Thing("WORD"), at, "maria", {"value": word}) for word in words]


def _lived(logic: Logic, *seconds: float) -> list[Entry]:
    return [entry for second in seconds for entry in logic.take(reading(70, seconds=second), at(second))]


def test_all_of_them_are_in_the_log_and_the_first_is_called_as_ever() -> None:
    _, *said = _lived(Logic([Doubled()]), 0)

    assert [(one.id, one.value) for one in said] == list(zip(THRICE, "ABC", strict=True))


def test_those_of_one_moment_are_told_apart_too() -> None:
    said = Logic([Doubled()]).tick(at(10))

    moment = "m:doubled:FLAGS:WORD:maria:@2026-11-22T08:00:10+00:00"
    assert [(one.id, one.value) for one in said] == [(moment, "X"), (f"{moment}~2", "Y")]


@pytest.mark.parametrize("left", range(1, 8))
def test_a_crash_between_two_of_them_loses_neither_and_repeats_neither(left: int) -> None:
    whole = _lived(Logic([Doubled()]), 0, 20)
    logic = Logic([Doubled()])

    owed = logic.recall(whole[:left])

    went_on = [entry for entry in _lived(logic, 20) if entry.id != "w:0"] if left < 8 else []
    assert whole[:left] + owed + went_on == whole


def test_a_log_that_lost_the_second_is_read_on_as_it_was() -> None:
    lossy = [one for one in _lived(Logic([Doubled()]), 0) if "~" not in one.id]
    logic = Logic([Doubled()])
    logic.learn(lossy)

    logic.learn([Entry.of(reading(70, seconds=5), offset=2, received=at(5))])

    assert [one.id.rsplit(":", 1)[1] for one in logic.recall([])] == ["2", "2~2", "2~3"]


def test_who_was_erased_is_forgotten_with_every_one_of_them() -> None:
    logic = Logic([Doubled()])
    _lived(logic, 0, 20)

    logic.forget("maria")

    _, remembered = vars(logic)["_remarked_ids"].__getstate__()
    assert not [name for name in remembered if "maria" in name]
