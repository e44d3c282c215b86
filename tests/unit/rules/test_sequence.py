"""A number that never came is told once, after it had its time; what comes meanwhile is not missed."""

from datetime import datetime

from healthmon.events import Entry, Event, Thing
from healthmon.pipeline.logic import Logic
from healthmon.rules import SequenceGaps
from tests.fakes.pipeline import at


def said(number: int, *, seconds: float, boot: str = "b1", delivery: str = "") -> Event:
    return Event(
        id=f"watch-1:{boot}:{number}",
        time=at(seconds),
        subject=Thing("WATCH", "watch-1"),
        verb="MEASURES",
        object=Thing("HR"),
        context={"value": 70, **({"delivery": delivery} if delivery else {})},
    )


def gaps(*events: Event, until: datetime) -> list[Entry]:
    logic = Logic([SequenceGaps()])
    made = [entry for event in events for entry in logic.take(event, event.time)] + logic.tick(until)
    return [entry for entry in made if entry.object.type == "GAP"]


def test_a_gap_is_told_once_after_its_time() -> None:
    (gap,) = gaps(said(1, seconds=0), said(5, seconds=1), said(6, seconds=30), until=at(99))

    assert (gap.object.id, gap.received) == ("watch-1:b1", at(11))
    assert gap.context == {"first": 2, "last": 4, "count": 3}


def test_what_comes_in_time_is_not_missed() -> None:
    assert gaps(said(1, seconds=0), said(3, seconds=1), said(2, seconds=9), until=at(99)) == []


def test_what_fills_a_part_leaves_the_rest() -> None:
    (gap,) = gaps(said(1, seconds=0), said(6, seconds=1), said(3, seconds=2), until=at(99))

    assert gap.context == {"first": 2, "last": 5, "count": 3}


def test_what_comes_too_late_is_logged_and_changes_nothing() -> None:
    logic = Logic([SequenceGaps()])
    for event in (said(1, seconds=0), said(3, seconds=1)):
        logic.take(event, event.time)
    logic.tick(at(20))

    late = logic.take(said(2, seconds=21), at(21))

    assert [entry.id for entry in late] == ["watch-1:b1:2"]
    assert logic.tick(at(99)) == []


def test_a_boot_begins_with_what_was_heard_of_it() -> None:
    assert gaps(said(7, seconds=0), said(1, seconds=1, boot="b2"), said(8, seconds=2), until=at(99)) == []


def test_imports_are_no_part_of_the_count() -> None:
    assert gaps(said(1, seconds=0), said(9, seconds=1, delivery="import"), until=at(99)) == []


def test_numbers_of_others_are_no_part_of_the_count() -> None:
    theirs = said(9, seconds=1).called("watch-2:b1:9")

    assert gaps(said(1, seconds=0), theirs, said(2, seconds=2), until=at(99)) == []


def test_many_gaps_at_once_are_told_as_one_stretch() -> None:
    numbers = range(1, 200, 2)

    (gap,) = gaps(*(said(n, seconds=n / 100) for n in numbers), until=at(99))

    assert (gap.context["first"], gap.context["last"]) == (2, 198)


def test_a_recalled_logic_tells_the_gap_that_the_first_would_have() -> None:
    first, second = Logic([SequenceGaps()]), Logic([SequenceGaps()])
    made = [entry for n in (1, 5) for entry in first.take(said(n, seconds=n), at(n))]

    second.recall(made)

    assert second.tick(at(99)) == first.tick(at(99)) != []
