"""What has no id and comes again after a crash is in the log once; what only looks alike is not lost."""

from healthmon.events import Entry, Event, Thing, TimeSource
from healthmon.pipeline.logic import Logic
from tests.fakes.pipeline import at, reading


def status(word: str, *, seconds: float, device: str = "watch-1") -> Event:
    return Event(
        id="",
        time=at(seconds),
        time_source=TimeSource.RECEIVE,
        subject=Thing("DEVICE", device),
        verb="REPORTS",
        object=Thing("AVAILABILITY"),
        context={"value": word},
    )


def lived(*events: Event) -> list[Entry]:
    """The log of a recorder that was killed after these."""
    logic = Logic([])
    return [entry for event in events for entry in logic.take(event, event.time)]


def after(log: list[Entry], *events: Event, again: bool = True) -> list[str]:
    """What the next recorder logs of these, by value."""
    logic = Logic([])
    logic.recall(log)
    made = [entry for event in events for entry in logic.take(event, event.time, again=again)]
    return [str(entry.value) for entry in made]


def test_what_was_logged_and_comes_again_is_logged_once() -> None:
    log = lived(status("ONLINE", seconds=0), status("OFFLINE", seconds=1))

    assert after(log, status("ONLINE", seconds=5), status("OFFLINE", seconds=5)) == []


def test_what_comes_again_and_was_not_logged_is_logged() -> None:
    log = lived(status("ONLINE", seconds=0))

    assert after(log, status("ONLINE", seconds=5), status("ONLINE", seconds=5)) == ["ONLINE"]


def test_after_the_first_that_was_not_logged_all_are_new() -> None:
    log = lived(status("ONLINE", seconds=0), status("OFFLINE", seconds=1))

    said = after(log, reading(70, seconds=5, id="w:9"), status("ONLINE", seconds=5))

    assert said == ["70", "ONLINE"]


def test_what_was_acknowledged_long_ago_is_not_mistaken_for_it() -> None:
    log = lived(status("ONLINE", seconds=0), status("OFFLINE", seconds=60))

    assert after(log, status("ONLINE", seconds=65)) == ["ONLINE"]


def test_what_comes_for_the_first_time_is_never_dropped() -> None:
    log = lived(status("ONLINE", seconds=0))

    assert after(log, status("ONLINE", seconds=1), again=False) == ["ONLINE"]


def test_the_order_of_what_comes_again_is_heeded() -> None:
    log = lived(status("OFFLINE", seconds=0), status("ONLINE", seconds=1))

    assert after(log, status("ONLINE", seconds=5), status("OFFLINE", seconds=5)) == ["OFFLINE"]
