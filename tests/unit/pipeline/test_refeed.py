"""What was refused yesterday and is understood today: in the log once, at its own time, and never loud."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from healthmon import log
from healthmon.clock import TurnedClock
from healthmon.dialects import Reading
from healthmon.dialects.native import Native
from healthmon.events import Entry, Event, Message, Refusal, Rejected, Thing, TimeSource
from healthmon.log import DeadLetters, EventLog
from healthmon.pipeline.backfill import Tally
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.refeed import Chosen, Refeed
from healthmon.pipeline.writer import Batch, Refused, Writer
from tests.fakes.pipeline import START, Above, at, reading

SAYS = b'{"subject": "WATCH", "verb": "MEASURES", "object": "HR", "context": {"value": 170}}'
TIMED = SAYS.replace(b"{", b'{"time": "2026-11-22T07:00:00Z", ', 1)
ALL = Chosen()
TOPIC = "healthmon/home/watch-1/event"


@dataclass
class Home:
    """A data folder whose parser of yesterday understood nothing."""

    folder: Path

    def refuse(self, *payloads: bytes, topic: str = TOPIC, retained: bool = False) -> None:
        with EventLog.open(self.folder, clock=TurnedClock(START)) as journal:
            logic = Logic([], next_offset=journal.next_offset)
            batch, writer = Batch(), Writer(journal, DeadLetters(self.folder))
            for payload in payloads:
                rejected = Rejected(Message(topic, payload, retained=retained), Refusal.BAD_TIME, "no time")
                entries = logic.refuse(rejected, at(60))
                batch.entries += entries
                batch.refused.append(Refused(rejected, at(60), entries[-1].offset))
            writer.commit(batch)

    def say(self, *events: Event, received: float = 0) -> None:
        with EventLog.open(self.folder, clock=TurnedClock(START)) as journal:
            entries = [
                Entry.of(event, offset=journal.next_offset + place, received=at(received))
                for place, event in enumerate(events)
            ]
            journal.append(entries)

    def refeed(
        self,
        chosen: Chosen = ALL,
        *,
        dry: bool = False,
        killed_after: int = 10_000,
        parser: Parser | None = None,
    ) -> Tally:
        """As the shell does it without a recorder; `killed_after` so many turns nothing is done any more."""
        work = Refeed(self.folder, parser or Parser([Native()]), chosen, dry=dry)
        with EventLog.open(self.folder, clock=TurnedClock(START)) as journal:
            logic = Logic([Above(100)])
            logic.recall(log.read(self.folder), next_offset=journal.next_offset)
            for _ in range(killed_after):
                batch = Batch()
                work.step(logic, at(999), batch)
                journal.append(batch.entries)
                work.committed()
                if work.tally.done:
                    break
        return work.tally

    def fed(self) -> list[Entry]:
        """What the log has of letters."""
        return [entry for entry in log.read(self.folder) if "refed" in entry.context]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def _assigns(person: str, name: str) -> Event:
    return Event(
        id=name,
        time=at(0),
        time_source=TimeSource.RECEIVE,
        subject=Thing("CAREGIVER", "anna"),
        verb="ASSIGNS",
        object=Thing("WATCH", "watch-1"),
        context={"person": person},
    )


def test_what_is_understood_today_becomes_an_old_event(home: Home) -> None:
    home.refuse(SAYS)

    tally = home.refeed()
    (entry,) = home.fed()

    assert (tally.read, tally.stored, tally.refused) == (1, 1, 0)
    assert (entry.time, entry.received, entry.context["delivery"]) == (at(60), at(999), "import")


def test_an_event_keeps_its_own_time(home: Home) -> None:
    home.refuse(TIMED)

    home.refeed()

    assert home.fed()[0].time == at(-3600)


def test_a_time_ahead_of_its_own_message_is_not_believed(home: Home) -> None:
    home.refuse(TIMED.replace(b"T07", b"T23"))

    home.refeed()

    assert (home.fed()[0].time, home.fed()[0].time_source) == (at(60), TimeSource.RECEIVE)


def test_feeding_twice_stores_nothing_twice(home: Home) -> None:
    home.refuse(SAYS, TIMED, SAYS)
    home.refeed()

    again = home.refeed()

    assert (len(home.fed()), again.read, again.stored) == (3, 0, 0)


@pytest.mark.parametrize("turns", range(1, 7))
def test_killed_at_any_turn_and_fed_again_stores_nothing_twice(home: Home, turns: int) -> None:
    home.refuse(*[SAYS] * 120, TIMED)
    home.refeed(killed_after=turns)

    home.refeed()

    assert (len(home.fed()), len({entry.id for entry in home.fed()})) == (121, 121)


def test_killed_before_the_marks_were_kept_it_is_recognised_in_the_log(home: Home) -> None:
    home.refuse(SAYS, TIMED)
    home.refeed()
    (home.folder / "refused" / "fed.jsonl").unlink()

    again = home.refeed()

    assert (again.repeated, again.stored, len(log.fed_marks(home.folder))) == (2, 0, 2)


def test_what_a_device_has_repeated_well_meanwhile_is_not_stored_again(home: Home) -> None:
    home.refuse(SAYS.replace(b"{", b'{"id": "w:7", ', 1))
    home.say(reading(170, seconds=90, id="w:7"), received=90)

    tally = home.refeed()

    assert (tally.repeated, tally.stored, home.fed()) == (1, 0, [])


def test_whose_it_was_is_taken_from_its_day(home: Home) -> None:
    home.say(_assigns("maria", "a:1"))
    home.refuse(SAYS)
    home.say(_assigns("ben", "a:2"), received=120)

    home.refeed()

    assert home.fed()[0].person == "maria"


def test_what_is_refused_still_stays(home: Home) -> None:
    home.refuse(b"{", SAYS)

    tally = home.refeed()

    assert (tally.refused, tally.stored, len(log.fed_marks(home.folder))) == (1, 1, 1)


def test_of_an_array_the_good_part_is_stored_and_the_letter_stays(home: Home) -> None:
    home.refuse(b"[%b, %b]" % (SAYS, SAYS.replace(b"MEASURES", b"RAISES")))

    home.refeed()

    assert (len(home.fed()), len(log.fed_marks(home.folder))) == (1, 0)


def test_what_was_cut_is_not_fed(home: Home) -> None:
    home.refuse(SAYS + b" " * 70_000)

    tally = home.refeed()

    assert (tally.left_out, tally.read, home.fed()) == (1, 0, [])


def test_what_is_refused_meanwhile_waits_for_the_next_time(home: Home) -> None:
    home.refuse(SAYS)
    work = Refeed(home.folder, Parser([Native()]), ALL)
    logic, batch = Logic([], next_offset=1), Batch()
    work.step(logic, at(999), batch)
    rejected = Rejected(Message(TOPIC, b"[%b, {}]" % TIMED), Refusal.WRONG_TYPE, "just now")
    DeadLetters(home.folder).keep(rejected, at(999), 77)
    while not work.tally.done:
        work.step(logic, at(999), batch)
        work.committed()

    assert (work.tally.read, len(batch.entries)) == (1, 1)


def test_letters_that_make_room_meanwhile_stop_nothing(home: Home) -> None:
    letters = DeadLetters(home.folder, file_bytes=20_000, files=3)
    rejected = Rejected(Message(TOPIC, SAYS), Refusal.BAD_TIME, "no time")
    home.say(_assigns("maria", "a:1"))
    letters.keep_refused((rejected, at(1), number) for number in range(60))
    for number in range(60, 200):
        letters.keep(rejected, at(1), number)
    work = Refeed(home.folder, Parser([Native()]), ALL)
    logic, batch = Logic([], next_offset=1), Batch()
    for number in range(200, 500):
        if not work.tally.done:
            work.step(logic, at(999), batch)
            work.committed()
        letters.keep(rejected, at(2), number)

    assert work.tally.done


def test_a_retained_message_stays_a_retained_one(home: Home) -> None:
    home.refuse(SAYS, retained=True)

    home.refeed()

    assert home.fed()[0].context["delivery"] == "retained"


def test_a_dry_run_only_counts(home: Home) -> None:
    home.refuse(SAYS)

    tally = home.refeed(dry=True)

    assert (tally.stored, home.fed(), log.fed_marks(home.folder)) == (1, [], frozenset())


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        (Chosen(), 2),
        (Chosen(reason="bad-time"), 2),
        (Chosen(reason="not-json"), 0),
        (Chosen(topic="healthmon/*/watch-2/event"), 1),
        (Chosen(since=at(60)), 2),
        (Chosen(since=at(61)), 0),
    ],
)
def test_only_what_was_chosen_is_fed(home: Home, chosen: Chosen, count: int) -> None:
    home.refuse(SAYS)
    home.refuse(SAYS, topic="healthmon/home/watch-2/event")

    assert home.refeed(chosen).read == count


def test_a_parser_that_was_taught_understands_what_the_old_one_refused(home: Home) -> None:
    home.refuse(b"78", topic="plug/1")

    tally = home.refeed(parser=Parser([Plug()]))

    assert (tally.stored, home.fed()[0].amount) == (1, 78)


class Plug:
    """A dialect that was learnt since."""

    def claims(self, topic: str) -> bool:
        return topic.startswith("plug/")

    def read(self, message: Message, received: datetime) -> Reading:
        said = Event(
            id="",
            time=received,
            time_source=TimeSource.RECEIVE,
            subject=Thing("PLUG", "1"),
            verb="MEASURES",
            object=Thing("POWER"),
            context={"value": int(message.payload)},
        )
        return Reading((said,))
