"""This is the place for a small household's log in every kind of sentence the queries ask for."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from healthmon.events import Entry, Event, Json, Thing

BEGIN = datetime(2026, 11, 20, 16, tzinfo=UTC)  # a Friday, 17:00 in Berlin
DAYS = 3
PEOPLE = ("maria", "jan")
EVERY = timedelta(seconds=30)


def household() -> list[Entry]:
    """Everything, in the order in which it was received."""
    told = sorted([*_readings(), *_alarms(), *_coffee(), *_refused(), *_imported()], key=lambda one: one[0])
    return [Entry.of(event, offset=at, received=received) for at, (received, event) in enumerate(told)]


Received = tuple[datetime, Event]


def _said(time: datetime, subject: Thing, verb: str, thing: Thing, **context: Json) -> Event:
    return Event(
        id=f"{subject.id}:{verb}:{thing.type}:{time.timestamp():.0f}:{context.get('person', '')}",
        time=time,
        subject=subject,
        verb=verb,
        object=thing,
        context={key: value for key, value in context.items() if value is not None},
    )


def _readings() -> Iterator[Received]:
    """Every 30 s; jan's watch is off for two hours and late at times, maria's finds nothing at times."""
    for person in PEOPLE:
        watch = Thing("WATCH", f"watch-{person}")
        for step in range(int(timedelta(days=DAYS) / EVERY)):
            time = BEGIN + step * EVERY
            if person == "jan" and timedelta(hours=20) < time - BEGIN < timedelta(hours=22):
                continue
            no_signal = "no-signal" if person == "maria" and step % 97 == 0 else None
            rate = 0 if no_signal else 58 + (step * 7 + len(person)) % 31
            oxygen = 88 + step % 9 if step % 400 < 40 else 95 + step % 4
            is_late = person == "jan" and step % 500 == 7
            about: dict[str, Json] = {"person": person, "delivery": "late" if is_late else None}
            received = time + timedelta(seconds=300 if is_late else 2 if person == "maria" else 5)
            pulse = _said(
                time, watch, "MEASURES", Thing("HR"), value=rate, unit="/min", quality=no_signal, **about
            )
            yield received, pulse
            yield received, _said(time, watch, "MEASURES", Thing("SPO2"), value=oxygen, unit="%", **about)


def _alarms() -> Iterator[Received]:
    """Five alarms of maria's, of which three are acknowledged, after 20, 40 and 60 s; one of jan's."""
    for number in range(6):
        person = "jan" if number == 5 else "maria"
        time = BEGIN + timedelta(hours=9 * number + 1)
        episode = f"SPO2_CRIT:{person}:{number}"
        about: dict[str, Json] = {"person": person, "episode": episode}
        yield (
            time,
            _said(
                time,
                Thing("MONITOR"),
                "RAISES",
                Thing("ALARM", "SPO2_CRIT"),
                value=85,
                unit="%",
                priority="high",
                **about,
            ),
        )
        if number < 3:
            answer = time + timedelta(seconds=20 * (number + 1))
            yield (
                answer,
                _said(
                    answer, Thing("CAREGIVER", "anna"), "ACKNOWLEDGES", Thing("ALARM", "SPO2_CRIT"), **about
                ),
            )


def _coffee() -> Iterator[Received]:
    for number in range(7):
        time = BEGIN + timedelta(hours=10 * number + 2)
        yield (
            time,
            _said(
                time,
                Thing("KETTLE", "kettle-1"),
                "PERCOLATES",
                Thing("COFFEE"),
                value=250 + 50 * number,
                unit="mL",
            ),
        )


def _refused() -> Iterator[Received]:
    for number in range(4):
        time = BEGIN + timedelta(hours=3 * number + 1)
        reason = "not-json" if number else "no-verb"
        topic = "healthmon/home/watch-9/event"
        yield (
            time,
            _said(
                time, Thing("MONITOR"), "REJECTS", Thing("MESSAGE"), reason=reason, topic=topic, bytes=number
            ),
        )


def _imported() -> Iterator[Received]:
    """An hour of maria's heart rate of a week before, read from a file on the second day."""
    for minute in range(60):
        time = BEGIN - timedelta(days=7) + timedelta(minutes=minute)
        watch = Thing("WATCH", "old-watch")
        yield (
            BEGIN + timedelta(days=1),
            _said(
                time, watch, "MEASURES", Thing("HR"), value=90, unit="/min", person="maria", delivery="import"
            ),
        )
