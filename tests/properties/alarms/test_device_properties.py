"""The short way for ordinary readings says what looking at each with care would have said."""

from collections.abc import Iterable

from hypothesis import example, given, settings
from hypothesis import strategies as st

from healthmon.alarms.devices import DeviceAlarms
from healthmon.events import Entry, Json, Remark, Thing
from healthmon.pipeline.streams import Streams
from tests.unit.rules.stream import Stream, entry, measured

_LASTS = st.integers(1, 90)
_chapters = st.lists(
    st.tuples(
        st.sampled_from(["well", "same", "zero", "nonsense", "late", "silent", "long", "off", "on", "steps"]),
        _LASTS,
        st.sampled_from([0.4, 1.0, 3.0, 7.0]),
    ),
    min_size=2,
    max_size=12,
)


class _Short(DeviceAlarms):
    """Hears ordinary readings by their streams, as the logic shows them."""

    def __init__(self) -> None:
        super().__init__()
        self._streams = Streams([self])

    def observe(self, entry: Entry) -> Iterable[Remark]:
        stream = self._streams.of(entry)
        if stream is None:
            return super().observe(entry)
        return [remark for _, hear in stream.route for remark in hear(entry, stream.value) or ()]


def _told(rule: DeviceAlarms, story: list[tuple[str, int, float]]) -> list[Remark]:
    stream = Stream(rule)
    for said in _entries(story):
        stream.hear(said)
    return stream.remarks


def _entries(story: list[tuple[str, int, float]]) -> Iterable[Entry]:
    now = 0.0
    for kind, lasts, every in [("well", 40, 1.0), *story]:
        if kind in {"silent", "long"}:
            now += lasts * (1 if kind == "silent" else 60)
        elif kind in {"off", "on"}:
            yield entry(now, Thing("WATCH", "watch-7"), "REPORTS", Thing("WORN"), value=kind == "on")
        for count in range(lasts if kind not in {"silent", "long", "off", "on"} else 0):
            now += every
            yield _reading(kind, now, count)


def _reading(kind: str, now: float, count: int) -> Entry:
    odd: dict[str, Json] = {"same": 64, "zero": 0, "nonsense": "64"}
    value = odd.get(kind, 60 + count % 7)
    quantity = "STEPS" if kind == "steps" else "SPO2" if count % 5 == 4 and kind == "well" else "HR"
    return measured(now, quantity, value, delivery="late" if kind == "late" else None)


@settings(max_examples=80)
@given(_chapters)
@example([("long", 2, 0.4), ("well", 16, 1.0), ("long", 4, 0.4), ("same", 59, 1.0)])
def test_the_short_way_says_what_care_would_say(story: list[tuple[str, int, float]]) -> None:
    assert _told(_Short(), story) == _told(DeviceAlarms(), story)
