"""This is the place for made-up screens: calm, alarm, not recording, empty, abstaining, and a crowd."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from math import nan

from healthmon.events import Event
from healthmon.view.screen import (
    AdviceCard,
    AlarmLine,
    AlarmPhase,
    Band,
    Connection,
    EventRow,
    Freshness,
    Mark,
    MarkKind,
    Numeral,
    PersonRow,
    Priority,
    Protection,
    Recording,
    Screen,
    Side,
    Span,
    Tile,
    Trend,
)
from tests.fakes.bodies import Body

NOW = datetime(2026, 11, 22, 14, 5, 33, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
PEOPLE = (
    ("maria", "Maria Kowalska", "Living room", 78, 97),
    ("jan", "Jan Kowalski", "Bedroom", 75, 98),
    ("aiko", "Aiko Tanaka", "Kitchen", 77, 98),
    ("omar", "Omar Haddad", "Study", 88, 93),
    ("ines", "Inês Duarte", "Bathroom", 78, 98),
    ("lars", "Lars Nyström", "Guest room", 69, 98),
    ("ruth", "Ruth Adeyemi", "Garden room", 0, 0),
    ("tom", "Tom Whitfield", "Hall", 72, 98),
    ("chen", "Chen Wei", "Attic", 66, 97),
    ("sofia", "Σοφία Παπαδοπούλου", "Veranda", 83, 96),
    ("dmitri", "Дмитрий Соколов", "Library", 71, 97),
    (
        "long",
        "Wolfeschlegelsteinhausenbergerdorff-Montgomery the Younger",
        "The far end of the east wing",
        90,
        95,
    ),
)
TITLES = {"HR": ("Heart rate", "bpm"), "SPO2": ("Oxygen", "SpO₂ %")}


def numeral(quantity: str, value: float, **changes: object) -> Numeral:
    """A live number of a second ago; no signal where the value is 0."""
    limits = {"HR": (50.0, 120.0), "SPO2": (92.0, None)}[quantity]
    made = Numeral(
        quantity=quantity,
        title=TITLES[quantity][0],
        unit="bpm" if quantity == "HR" else "%",
        text=f"{value:g}" if value else "--",
        freshness=Freshness.LIVE if value else Freshness.NO_SIGNAL,
        age=SECOND if value else 3 * MINUTE,
        low=limits[0],
        high=limits[1],
        change=1.0 if value else None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields of Numeral


@cache
def body(place: int) -> Body:
    """The day of the person in that place."""
    return Body.of(NOW, seed=7 + place, rate=PEOPLE[place % len(PEOPLE)][3] or 74)


def person(place: int) -> PersonRow:
    """The person in that place of the list, calm."""
    name = PEOPLE[place % len(PEOPLE)]
    round_ = place // len(PEOPLE)
    rate, oxygen = name[3], name[4]
    return PersonRow(
        id=f"{name[0]}{round_ or ''}",
        name=name[1],
        place=name[2],
        heart_rate=numeral("HR", rate),
        oxygen=numeral("SPO2", oxygen),
        priority=None,
        status="live" if rate else "no signal",
        spark=body(place % len(PEOPLE)).spark()
        if rate
        else (*body(place % len(PEOPLE)).spark()[:30], *[nan] * 30),
    )


def trends(of: Body, start: datetime, end: datetime, columns: int) -> tuple[Trend, ...]:
    """Both plots of a body over a stretch."""
    made = []
    for quantity, limits, reach in (
        ("HR", (50.0, 120.0), (40.0, 160.0)),
        ("SPO2", (92.0, None), (86.0, 101.0)),
    ):
        title, unit = ("Heart rate", "bpm") if quantity == "HR" else ("Oxygen saturation", "SpO₂ %")
        curve = of.curve(quantity, start, end, columns)
        made.append(Trend(quantity, title, unit, curve, limits[0], limits[1], reach[0], reach[1]))
    return tuple(made)


def marks() -> tuple[Mark, ...]:
    """Three coffees, a spike and an alarm."""
    return (
        Mark(MarkKind.COFFEE, NOW - 492 * MINUTE, "500 ml"),
        Mark(MarkKind.COFFEE, NOW - 245 * MINUTE, "250 ml"),
        Mark(MarkKind.COFFEE, NOW - 40 * MINUTE, "500 ml"),
        Mark(MarkKind.SPIKE, NOW - 33 * MINUTE, "+22 /min", "HR", 106.0),
        Mark(MarkKind.ALARM, NOW - 23 * MINUTE, "SpO₂ 90 %", "SPO2", 90.0),
    )


def advice() -> AdviceCard:
    """A usual day."""
    return AdviceCard(
        title="Readings today",
        score=82,
        band=Band.USUAL,
        headline="Usual for Maria",
        text="Heart rate and oxygen are where they usually are at this time of day. Nothing to do.",
        reasons=(
            "Heart rate after coffee +9 /min, usually +7 (−9)",
            "Night SpO₂ lowest 93 %, usually 94 (−6)",
        ),
        model="forest-7c1f",
        at=NOW - 3 * MINUTE,
    )


def events(count: int = 14) -> tuple[EventRow, ...]:
    """What happened, oldest first."""
    told = (
        ("recorder", "Recorder started", "", "healthmon 0.1.0", None),
        ("device", "Watch connected", "", "watch-7 · Living room", None),
        ("coffee", "Kettle percolates coffee", "500 ml", "kettle-1 · Kitchen", None),
        ("spike", "Heart rate spike", "98 bpm", "+22 in 40 s · watch-7", None),
        ("alarm", "Oxygen low", "90 %", "limit 92 for 30 s · oximeter-4", Priority.MEDIUM),
        ("carer", "Anna acknowledged oxygen low", "", "after 41 s", None),
        ("advice", "Usual for Maria", "82", "forest-7c1f", None),
        ("rejected", "Message refused: not JSON", "2.1 kB", "healthmon/home/watch-9/event", None),
        ("event", "PAYS CLAIM", "7,500", "an event nobody here knows", None),
    )
    rows = []
    for place in range(count):
        kind, text, value, context, priority = told[place % len(told)]
        who = PEOPLE[place * 3 % len(PEOPLE)][1] if kind not in {"recorder", "rejected"} else ""
        at = NOW - (count - place) * 4 * MINUTE
        rows.append(EventRow(place, at, who, kind, text, value, context, priority))
    return tuple(rows)


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
            "Recording · broker connected · 9 devices · 4 events/s",
        ),
        protection=Protection(True, "Protected: sound, broker and every device proven in the last minute"),
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
    )


def alarm_line(**changes: object) -> AlarmLine:
    """Maria's heart rate is high."""
    made = AlarmLine(
        episode="hr-high-maria-17",
        person="maria",
        person_name="Maria Kowalska",
        place="Living room",
        priority=Priority.HIGH,
        phase=AlarmPhase.ACTIVE,
        text="Heart rate 130 bpm, above 120 for 12 s",
        since=NOW - 13 * SECOND,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields of AlarmLine


def medium_line(**changes: object) -> AlarmLine:
    """Omar's oxygen is low, medium."""
    made = alarm_line(
        episode="spo2-low-omar-3",
        person="omar",
        person_name="Omar Haddad",
        place="Study",
        priority=Priority.MEDIUM,
        text="Oxygen 91 %, below 92 for 30 s",
        since=NOW - 4 * MINUTE,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields of AlarmLine


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
        advice=replace(advice(), outranked=True),
        new_events=(
            *screen.new_events,
            EventRow(900, NOW - 13 * SECOND, "Maria Kowalska", "alarm", "Heart rate high", "130 bpm",
                     "limit 120 for 12 s · watch-7", Priority.HIGH),
        ),
    )  # fmt: skip


def not_recording(people: int = 8) -> Screen:
    """The recorder is gone; everything grows old."""
    screen = calm(people)
    old = {"freshness": Freshness.STALE, "age": 4 * MINUTE, "change": None}
    rows = tuple(
        replace(
            row, heart_rate=numeral("HR", 78, **old), oxygen=numeral("SPO2", 97, **old), status="since 14:01"
        )
        for row in screen.people
    )
    return replace(
        screen,
        connection=Connection(
            Recording.NOT_RECORDING, NOW - 4 * MINUTE, False, 0, 0.0, "Not recording",
            "No heartbeat of a recorder. It is being started again; if this stays, run: healthmon record",
        ),
        protection=Protection(False, "Not protected", ("recorder gone since 14:01", "no sound")),
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
        connection=replace(screen.connection, devices=0, text="Recording · broker connected · no devices"),
    )  # fmt: skip


def starting() -> Screen:
    """The recorder is coming up."""
    wait = Connection(Recording.STARTING, None, False, 0, 0.0, "Starting the recorder")
    return replace(empty(), connection=wait, protection=Protection(False, "Not protected yet"))


def replaying() -> Screen:
    """A recording."""
    line = Connection(
        Recording.REPLAY, None, False, 9, 0.0, "Replay · healthmon-2026-11-12.log · 60 times as fast"
    )
    return replace(calm(), connection=line, protection=Protection(False, "Replay: nobody is watched"))


def abstaining() -> Screen:
    """The model has not enough data."""
    card = AdviceCard(
        title="Readings today", score=None, band=None, headline="Not enough data",
        text="Maria's usual values need 3 nights with the watch; there is 1 so far.", model="forest-7c1f",
        expected=NOW + 40 * HOUR,
    )  # fmt: skip
    return replace(calm(1), advice=card, tiles=(Tile("coffee", "Coffee today", "0", "none so far"),))


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

    def said(self, event: Event) -> None:
        """Remember what was said."""
        self.heard.append(event)
