"""What goes in comes out: any entry, to any follower, however polls, appends and rotations interleave."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from healthmon.events import Entry, Json, Thing, TimeSource
from healthmon.log import EventLog, Follower, next_offset, offset_at, read, tail
from tests.unit.log.disks import HurriedDisk
from tests.unit.log.entries import CLOCK, START, entries, entry

words = st.text(max_size=30)
json: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
things = st.builds(Thing, words, words)
moments = st.integers(0, 10**16).map(lambda n: datetime.fromtimestamp(0, UTC) + timedelta(microseconds=n))


@st.composite
def any_entry(draw: st.DrawFn) -> Entry:
    """Anything that can be said, at offset 0."""
    return Entry(
        id=draw(words),
        time=draw(moments),
        time_source=draw(st.sampled_from(TimeSource)),
        subject=draw(things),
        verb=draw(words),
        object=draw(things),
        context=draw(st.dictionaries(words, json, max_size=5)),
        offset=0,
        received=draw(moments),
    )


@given(any_entry())
def test_any_entry_comes_back_as_it_went(one: Entry) -> None:
    with TemporaryDirectory() as name:
        with EventLog.open(Path(name), clock=CLOCK, disk=HurriedDisk()) as log:
            log.append([one])

        assert list(read(Path(name))) == [one]


append = st.tuples(st.just("append"), st.integers(1, 6))
poll = st.tuples(st.just("poll"), st.integers(1, 8))
rotate = st.tuples(st.just("rotate"), st.just(0))
restart = st.tuples(st.just("restart"), st.just(0))
another = st.tuples(st.just("another follower"), st.just(0))


@given(st.lists(st.one_of(append, poll, rotate, restart, another), max_size=30))
def test_a_follower_sees_what_was_appended_in_any_interleaving(steps: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as name:
        story = _Story(Path(name))
        for step, number in steps:
            story.play(step, number)
        story.end()

        assert story.seen == entries(story.appended)


class _Story:
    """One writer, one follower that may be replaced by another where it stands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.follower = Follower(folder)
        self.seen: list[Entry] = []
        self.log: EventLog | None = None
        self.appended = 0

    def play(self, step: str, number: int) -> None:
        if step == "poll":
            self.seen += self.follower.poll(number)
        elif step == "another follower":
            self.follower = Follower(self.folder, len(self.seen))
        else:
            self.write(step, number)

    def write(self, step: str, number: int) -> None:
        if self.log is None or step == "restart":
            self.close()
            self.log = EventLog.open(self.folder, clock=CLOCK, segment_bytes=1500, disk=HurriedDisk())
        if step == "append":
            self.log.append(entries(number, self.appended))
            self.appended += number
        elif step == "rotate":
            self.log.rotate()

    def end(self) -> None:
        while polled := self.follower.poll(4):
            self.seen += polled
        self.close()

    def close(self) -> None:
        if self.log is not None:
            self.log.close()


@given(
    st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4), min_size=1, max_size=6), st.integers(-1, 40)
)
def test_a_moment_is_found_as_by_reading_everything(batches: list[list[int]], second: int) -> None:
    made: list[Entry] = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        with EventLog.open(folder, clock=CLOCK, segment_bytes=900, disk=HurriedDisk()) as log:
            for batch in batches:
                received = log.last_received or START
                new: list[Entry] = []
                for pause in batch:
                    received += timedelta(seconds=pause)
                    new.append(Entry.of(entry(0), offset=log.next_offset + len(new), received=received))
                log.append(new)
                made += new
        moment = START + timedelta(seconds=second)

        assert offset_at(folder, moment) == sum(one.received < moment for one in made)
        assert (next_offset(folder), tail(folder, 5)) == (len(made), made[-5:])
