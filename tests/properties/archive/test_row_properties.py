"""An entry that went through a row is the entry that it was, to the byte."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import example, given
from hypothesis import strategies as st

from healthmon.archive.row import batch_of, entries_of, row_of
from healthmon.events import Entry, Json, Thing, TimeSource, wire

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.one_of(
    st.integers(-(2**63), 2**64 - 1), st.floats(allow_nan=False, allow_infinity=False), st.integers(-3, 3)
)
LEAVES = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)


def _nested(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)


JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
)
KEYS = st.sampled_from(["value", "unit", "person", "delivery", "quality", "note", "since"]) | TEXTS
ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(timezones=st.just(UTC) | ZONES)

THINGS = st.builds(Thing, TEXTS, TEXTS)

ENTRIES = st.builds(
    Entry,
    id=TEXTS,
    time=MOMENTS,
    time_source=st.sampled_from(TimeSource),
    subject=THINGS,
    verb=TEXTS,
    object=THINGS,
    context=st.dictionaries(KEYS, JSON, max_size=6),
    offset=st.integers(0, 2**62),
    received=MOMENTS,
)

MORNING = datetime(2026, 11, 22, 4, tzinfo=UTC)


def _as_logged(entry: Entry) -> Entry:
    """What a reader of the log gets: the entry as its line tells it."""
    return wire.read_entry(wire.write(entry))


def _saying(**context: Json) -> Entry:
    return Entry(
        id="a",
        time=MORNING,
        subject=Thing("W"),
        verb="V",
        object=Thing("O"),
        context=context,
        offset=0,
        received=MORNING,
    )


@given(st.lists(ENTRIES, max_size=4))
@example([_saying(value=1), _saying(value=1.0), _saying(value=None), _saying(), _saying(value=True)])
@example(
    [_saying(value=-0.0), _saying(value=0), _saying(value=2**53 + 1), _saying(value="1"), _saying(value="")]
)
@example(
    [_saying(unit=None, value=[1, 1.0, {}], person=7), _saying(person="", unit="", quality={}, delivery=[])]
)
@example([_saying(b=1, value=2, a=3, person="maria"), _saying(person="maria", a=3, value=2, b=1)])
def test_an_entry_that_went_through_a_row_is_the_same_to_the_byte(entries: list[Entry]) -> None:
    logged = [_as_logged(entry) for entry in entries]

    rows = [row_of(entry, segment=0) for entry in logged]
    back = list(entries_of(batch_of(rows)))

    assert [wire.write(entry) for entry in back] == [wire.write(entry) for entry in logged]
