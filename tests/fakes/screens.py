"""This is the place for made-up screens: calm, alarm, not recording, empty, abstaining, and a crowd."""

from dataclasses import replace

from healthmon.alarms import Limits
from healthmon.events import Event
from healthmon.view import words
from healthmon.view.care import Quiet
from healthmon.view.limits_card import LimitsCard, limits_card
from healthmon.view.screen import (
    AdviceCard,
    Connection,
    EventRow,
    Freshness,
    Mark,
    MarkKind,
    Priority,
    Protection,
    Recording,
    Screen,
    Side,
    Span,
    Tile,
)
from tests.fakes.bodies import Body
from tests.fakes.parts import (
    HOUR,
    MINUTE,
    NOW,
    SECOND,
    advice,
    alarm_line,
    body,
    events,
    marks,
    medium_line,
    numeral,
    person,
    trends,
)

__all__ = [
    "NOW",
    "FakeDesk",
    "abstaining",
    "alarm_line",
    "body",
    "calm",
    "empty",
    "events",
    "high_alarm",
    "marks",
    "medium_line",
    "not_recording",
    "numeral",
    "person",
    "replaying",
    "starting",
    "trends",
]


def calm(people: int = 8, *, span: Span | None = None, columns: int = 600) -> Screen:
    """All is well."""
    span = span or Span(HOUR)
    end = span.end or NOW
    return Screen(
        now=NOW,
        connection=Connection(
            Recording.RECORDING,
            NOW - 5 * HOUR,
            True,
            9,
            4.0,
            line(9, 4),
        ),
        protection=Protection(
            True,
            words.recorder.protected(people, 9, "Anna"),
            headline=words.far.PROTECTED,
            lines=words.far.stands_on(people, 9, "Anna", ""),
        ),
        alarms=(),
        people=tuple(person(place) for place in range(people)),
        selected="maria",
        heart_rate=numeral("HR", 78, change=1.0),
        oxygen=numeral("SPO2", 97, change=0.0),
        tiles=(
            Tile("coffee", "Coffee today", "3", "1,250 ml"),
            Tile("resting", "Resting heart rate", "64", "last 24 h, bpm"),
        ),
        trends=trends(body(0), end - span.length, end, columns),
        marks=marks(),
        span=span,
        span_start=end - span.length,
        span_end=end,
        advice=advice(),
        new_events=events(),
        events_today=409,
        quiet=Quiet("maria", "Maria Kowalska", "22:00", "07:00", "Europe/Berlin", "22:00–07:00"),
    )


def high_alarm(people: int = 8, *, span: Span | None = None, columns: int = 600) -> Screen:
    """Maria's heart rate is high and rising; Omar's oxygen is low."""
    screen = calm(people, span=span, columns=columns)
    rate = numeral("HR", 130, beyond=Side.HIGH, priority=Priority.HIGH, change=44.0)
    rows = [replace(row) for row in screen.people]
    rows[0] = replace(rows[0], heart_rate=rate, priority=Priority.HIGH)
    if people > 3:
        low = numeral("SPO2", 91, beyond=Side.LOW, priority=Priority.MEDIUM)
        rows[3] = replace(rows[3], oxygen=low, priority=Priority.MEDIUM)
    climbing = body(0).with_climb(130)
    return replace(
        screen,
        alarms=(alarm_line(), medium_line()),
        people=tuple(rows),
        heart_rate=rate,
        trends=trends(climbing, screen.span_start, screen.span_end, columns),
        marks=(*screen.marks, Mark(MarkKind.SPIKE, NOW - 25 * SECOND, "+44 /min", "HR", 130.0)),
        advice=replace(
            advice(),
            headline="The alarm comes first",
            text="While this alarm is active, go by the alarm and not by a score.",
            reasons=(),
            outranked=True,
        ),
        new_events=(
            *screen.new_events,
            EventRow(900, NOW - 13 * SECOND, "Maria Kowalska", "alarm", "Heart rate high", "130 bpm",
                     "at or above 120 for 12 s · watch-7", Priority.HIGH),
        ),
    )  # fmt: skip


def not_recording(people: int = 8) -> Screen:
    """The recorder is gone; everything grows old."""
    screen = calm(people)
    old = {"freshness": Freshness.STALE, "age": 4 * MINUTE, "change": None}
    rows = tuple(
        replace(
            row,
            heart_rate=numeral("HR", 78, **old),
            oxygen=numeral("SPO2", 97, **old),
            status=words.signal.unknown_since("14:01"),
        )
        for row in screen.people
    )
    return replace(
        screen,
        connection=Connection(
            Recording.NOT_RECORDING, NOW - 4 * MINUTE, False, 0, 0.0, words.recorder.NOT_RECORDING,
            words.recorder.STOPPED,
        ),
        protection=lacking(words.recorder.not_recorded_since("14:01")),
        people=rows,
        heart_rate=numeral("HR", 78, **old),
        oxygen=numeral("SPO2", 97, **old),
    )  # fmt: skip


def empty() -> Screen:
    """Nobody has ever been here."""
    screen = calm(0)
    return replace(
        screen, selected=None, heart_rate=None, oxygen=None, tiles=(), trends=(), marks=(), advice=None,
        new_events=(), events_today=0,
        connection=replace(screen.connection, devices=0, text=line(0, 0)),
    )  # fmt: skip


def starting() -> Screen:
    """The recorder is coming up."""
    wait = Connection(Recording.STARTING, None, False, 0, 0.0, words.recorder.STARTING)
    return replace(empty(), connection=wait, protection=lacking(words.recorder.NOT_RECORDED))


def replaying() -> Screen:
    """A recording."""
    shown = Connection(Recording.REPLAY, None, False, 9, 0.0, words.recorder.REPLAY)
    return replace(calm(), connection=shown, protection=lacking(words.recorder.NOT_RECORDED))


def abstaining() -> Screen:
    """The model has not enough data."""
    card = AdviceCard(
        title="Readings today", score=None, band=None, headline="Not enough data",
        text="Maria's usual values need 3 nights with the watch; there is 1 so far. "
        "An answer may be expected Nov 24 06:05.", model="forest-7c1f", expected=NOW + 40 * HOUR,
    )  # fmt: skip
    return replace(calm(1), advice=card, tiles=(Tile("coffee", "Coffee today", "0", "none so far"),))


def line(devices: int, rate: float) -> str:
    """What the top bar says while all is recorded."""
    return words.recorder.line(words.recorder.RECORDING, words.recorder.BROKER_UP, devices, rate)


def lacking(*missing: str) -> Protection:
    """Not protected, for these reasons."""
    text = words.numbers.joined(words.recorder.not_protected(len(missing)), missing[0])
    return Protection(False, text, missing, words.far.NOT_PROTECTED, missing)


class FakeDesk:
    """Shows one screen until it is given another, and remembers what was asked. Events are new only once."""

    def __init__(self, screen: Screen, of: Body | None = None) -> None:
        self.screen = screen
        self.body = of
        self.selected: list[str] = []
        self.looked: list[Span] = []
        self.heard: list[Event] = []
        self.columns = 0

    def show(self, screen: Screen) -> None:
        """Show this from the next tick on."""
        self.screen = screen

    def tick(self, columns: int = 600) -> Screen:
        """The screen, with trends of this many columns when there is a body."""
        self.columns = columns
        shown = self.screen
        if self.body is not None:
            made = trends(self.body, shown.span_start, shown.span_end, columns)
            shown = replace(shown, trends=made)
        self.screen = replace(self.screen, new_events=(), notices=())
        return shown

    def select(self, person: str) -> None:
        """Look at this person from the next tick on."""
        self.selected.append(person)
        self.screen = replace(self.screen, selected=person)

    def look(self, span: Span) -> None:
        """Show this stretch from the next tick on."""
        self.looked.append(span)
        end = span.end or self.screen.now
        self.screen = replace(self.screen, span=span, span_start=end - span.length, span_end=end)

    def limits(self, person: str) -> LimitsCard | None:
        """What the table has for anybody."""
        return limits_card(person, person.capitalize(), Limits())

    def said(self, event: Event) -> None:
        """Remember what was said."""
        self.heard.append(event)
