"""Old events come in a piece at a time, once, whatever is recorded meanwhile."""

from collections.abc import Iterable

from healthmon.events import Entry, Event, Message, Refusal, Rejected
from healthmon.pipeline.backfill import Backfill, Tally
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.writer import Batch
from tests.fakes.pipeline import at, reading


def _old(seconds: float) -> Event:
    return reading(70, seconds=seconds).with_context(delivery="import")


def _run(lines: Iterable[object], logged: Iterable[Entry] = ()) -> tuple[list[Entry], Tally]:
    job, logic, made = Backfill(iter(lines), iter(logged)), Logic([]), list[Entry]()
    while not job.tally.done:
        batch = Batch()
        job.step(logic, at(9999), batch)
        made += batch.entries
        job.committed()
    return made, job.tally


def test_every_line_is_stored_once() -> None:
    made, tally = _run([_old(0), _old(1), _old(1)])

    assert (len(made), tally.read, tally.stored, tally.repeated) == (2, 3, 2, 1)


def test_what_was_imported_before_is_not_imported_again() -> None:
    before, _ = _run([_old(0), _old(1)])

    _, tally = _run([_old(0), _old(1), _old(2)], before)

    assert (tally.stored, tally.repeated) == (1, 2)


def test_a_refused_line_is_counted_and_logged() -> None:
    made, tally = _run([Rejected(Message("file/x/1", b"{"), Refusal.NOT_JSON, "malformed")])

    assert (tally.refused, [entry.verb for entry in made]) == (1, ["REJECTS"])


def test_a_long_file_does_not_hold_a_turn_up() -> None:
    job, logic, batch = Backfill(iter(_old(n) for n in range(5_000)), iter(())), Logic([]), Batch()
    job.step(logic, at(9999), Batch())
    job.step(logic, at(9999), batch)

    assert len(batch.entries) == 1_000
