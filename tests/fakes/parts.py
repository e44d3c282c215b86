"""This is the place for the parts of made-up screens: numbers, people, trends, marks, alarms, events."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from math import nan

from healthmon.view import words
from healthmon.view.quantities import VITALS
from healthmon.view.screen import (
    AdviceCard,
    AlarmLine,
    AlarmPhase,
    Band,
    EventRow,
    Freshness,
    Mark,
    MarkKind,
    Numeral,
    Offer,
    PersonRow,
    Priority,
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


def numeral(quantity: str, value: float, **changes: object) -> Numeral:
    """A live number of a second ago; no signal where the value is 0."""
    limits = {"HR": (50.0, 120.0), "SPO2": (92.0, None)}[quantity]
    made = Numeral(
        quantity=quantity,
        title=VITALS[quantity].title,
        unit=VITALS[quantity].unit,
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
        shown, curve = VITALS[quantity], of.curve(quantity, start, end, columns)
        made.append(Trend(quantity, shown.title, shown.unit, curve, limits[0], limits[1], reach[0], reach[1]))
    return tuple(made)


def marks() -> tuple[Mark, ...]:
    """Three coffees, a spike and an alarm."""
    return (
        Mark(MarkKind.COFFEE, NOW - 492 * MINUTE, "500 ml"),
        Mark(MarkKind.COFFEE, NOW - 245 * MINUTE, "250 ml"),
        Mark(MarkKind.COFFEE, NOW - 40 * MINUTE, "500 ml"),
        Mark(MarkKind.SPIKE, NOW - 33 * MINUTE, "+22 /min", "HR", 106.0),
        Mark(MarkKind.ALARM, NOW - 23 * MINUTE, words.alarms.title("SPO2_LOW"), "SPO2", 90.0),
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
            "Night oxygen lowest 93 %, usually 94 (−6)",
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


def alarm_line(**changes: object) -> AlarmLine:
    """Maria's heart rate is high."""
    made = AlarmLine(
        episode="E:maria:2026-11-22T14:05:20+00:00",
        alarm="HR_HIGH",
        person="maria",
        person_name="Maria Kowalska",
        place="Living room",
        priority=Priority.HIGH,
        phase=AlarmPhase.ACTIVE,
        text="Heart rate 130 bpm, at or above 120 for 12 s",
        headline="Heart rate 130",
        against="at or above 120 for 12 s",
        beside="Maria Kowalska",
        task=words.far.task("HR_HIGH", is_urgent=True),
        since=NOW - 13 * SECOND,
        offers=(Offer.ACKNOWLEDGE, Offer.TAKE, Offer.SNOOZE),
        snoozes=(2 * MINUTE,),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields of AlarmLine


def medium_line(**changes: object) -> AlarmLine:
    """Omar's oxygen is low, medium."""
    made = alarm_line(
        episode="E:omar:2026-11-22T14:01:03+00:00",
        alarm="SPO2_LOW",
        person="omar",
        person_name="Omar Haddad",
        place="Study",
        priority=Priority.MEDIUM,
        text="Oxygen 91 %, at or below 92 for 30 s",
        headline="Oxygen 91 %",
        against="at or below 92 for 30 s",
        beside="Omar Haddad",
        task=words.far.task("SPO2_LOW", is_urgent=False),
        since=NOW - 4 * MINUTE,
        snoozes=(5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields of AlarmLine


def technical_line(**changes: object) -> AlarmLine:
    """The log cannot be written: about nobody."""
    made = alarm_line(
        episode="LOG_NOT_WRITABLE:2026-11-22T14:02:00+00:00",
        alarm="LOG_NOT_WRITABLE",
        person="",
        person_name="",
        place="",
        priority=Priority.MEDIUM,
        text="The log cannot be written (the disk is full): recording goes to memory",
        headline="Disk trouble",
        against="",
        task="Make room on the disk",
        since=NOW - 4 * MINUTE,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields of AlarmLine
