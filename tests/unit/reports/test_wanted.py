"""Entries are chosen by person, verb, object and the time when things happened, wherever they stand."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from healthmon import log
from healthmon.events import Entry, Thing
from healthmon.reports.wanted import Wanted, chosen, newest
from tests.unit.log.entries import CLOCK, at, entry, written

LATER = at(2 * 86_400)


def _imported(offset: int, time: datetime) -> Entry:
    """What an import two days later told of an earlier time."""
    told = entry(offset, {"value": 41, "person": "jan", "delivery": "import"})
    return Entry.of(told.timed(time, told.time_source), offset=offset, received=LATER)


def _found(folder: Path, **asked: object) -> list[int]:
    wanted = Wanted(**asked)  # type: ignore[arg-type]  # its fields by name
    return [one.offset for one in chosen(log.read(folder, wanted.start(folder)), wanted)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten of maria's readings, and an import two days later: one of that morning, one of today."""
    written(tmp_path, 10)
    with log.EventLog.open(tmp_path, clock=CLOCK) as journal:
        journal.append([_imported(10, at(3)), _imported(11, LATER)])
    return tmp_path


def test_everything_is_found_when_nothing_is_asked_for(folder: Path) -> None:
    assert _found(folder) == list(range(12))


def test_a_person_is_found(folder: Path) -> None:
    assert _found(folder, person="jan") == [10, 11]


def test_since_and_until_are_about_what_happened_and_not_about_receipt(folder: Path) -> None:
    assert _found(folder, since=at(3), until=at(5)) == [3, 4, 10]


def test_what_happened_later_is_found_without_reading_from_the_start(folder: Path) -> None:
    wanted = Wanted(since=LATER)

    assert (wanted.start(folder), _found(folder, since=LATER)) == (10, [11])


@pytest.mark.parametrize("word", ["HR", "hr", "Hr"])
def test_an_object_is_found_by_its_type(folder: Path, word: str) -> None:
    assert len(_found(folder, object=word)) == 12


def test_an_object_is_found_by_its_id(tmp_path: Path) -> None:
    alarm = Entry(
        id="a",
        time=at(0),
        subject=Thing("MONITOR"),
        verb="RAISES",
        object=Thing("ALARM", "SPO2_CRIT"),
        offset=0,
        received=at(0),
    )
    with log.EventLog.open(tmp_path, clock=CLOCK) as journal:
        journal.append([alarm])

    assert (_found(tmp_path, object="spo2_crit"), _found(tmp_path, object="SPO2")) == ([0], [])


def test_a_verb_is_found_however_it_is_written(folder: Path) -> None:
    assert (len(_found(folder, verb="measures")), _found(folder, verb="FLAGS")) == (12, [])


@pytest.mark.parametrize("count", [0, 1, 3, 10, 99])
def test_the_newest_are_the_last_of_those_that_are_asked_for(folder: Path, count: int) -> None:
    wanted = Wanted(person="maria")

    assert [one.offset for one in newest(folder, wanted, count)] == list(range(10))[max(0, 10 - count) :][
        :count
    ]


def test_the_newest_respect_since(folder: Path) -> None:
    found = newest(folder, Wanted(person="maria", since=at(8)), 5)

    assert [one.time - at(0) for one in found] == [timedelta(seconds=8), timedelta(seconds=9)]
