"""This is the place for how alarms fare on simulated wear: how often they sound, how often for nothing, and
what they miss.

    python3 dev.py bench wear                                        a taste: 12 people for 2 days
    WEAR_PEOPLE=1-240 WEAR_DAYS=10 WEAR_SEED=9001 python3 dev.py bench wear

`WEAR_EVERY` (5): s between two readings of each quantity. `WEAR_KEEP=FILE` adds a line of JSON for each
person, and `WEAR_FROM=FILE,FILE` judges such lines without living anything again. Seed 9001 is for the last
word; whoever chooses a number by what is found here takes other seeds (5001 ...).
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from devices.daytime import DAY
from devices.worn.plan import Injected
from devices.worn.stretch import Wearer, wearers
from tests.bench.wear_life import Alarmed, Told, entries, introduced
from tests.bench.wear_verdict import (
    Life,
    answers,
    asked,
    by_person,
    cause,
    found,
    poisson,
    share,
    verdict,
)

START = 1767225600.0  # 2026-01-01
Row = dict[str, object]


def measure() -> list[Row]:
    """The rates with the worse end of their intervals, by exact Poisson and by drawing people anew."""
    kept = os.environ.get("WEAR_FROM")
    people = list(_read(kept.split(","))) if kept else list(_lived())
    return [*_rates(people), *_sensitivities(people), *_by_cause(people)]


def lived(wearer: Wearer, days: int, every: float) -> Row:
    """One person's days: what was raised and what was found, as JSON."""
    alarmed, stretches = Alarmed(), []
    alarmed.hear(introduced(wearer, START))
    for day in range(days):
        stretch = wearer.stretch(START + day * DAY, START + (day + 1) * DAY, every)
        alarmed.hear(entries(wearer.person.id, stretch))
        stretches.append(stretch)
    life = Life.of(wearer.person.profile, stretches)
    return {
        "person": wearer.person.id,
        "profile": wearer.person.profile,
        "days": days,
        "worn_days": life.worn_days,
        "readings": int(sum(2 * (~one.is_silent).sum() for one in stretches)),
        "raised": [_told(one, life) for one in alarmed.told if one.verb == "RAISES"],
        "events": [_event(one, alarmed.told, life) for one in life.injected],
    }


def _told(one: Told, life: Life) -> dict[str, object]:
    return {
        "alarm": one.alarm,
        "at": one.at,
        "priority": one.priority,
        "why": one.why,
        "episode": one.episode,
        "audible": one.is_audible,
        "verdict": verdict(life, one),
        "cause": cause(life, one),
        "injected": answers(one, life),
    }


def _event(event: Injected, told: Sequence[Told], life: Life) -> dict[str, object]:
    wanted = asked(life, event)
    return {
        "kind": event.kind.value,
        "level": event.level,
        "rise": event.rise,
        "hold": event.hold,
        "asks": wanted,
        "delay": found(told, event, wanted) if wanted else None,
        "any": found(told, event, "oxygen medium") if wanted == "oxygen high" else None,
    }


def _lived() -> Iterator[Row]:
    first, _, last = os.environ.get("WEAR_PEOPLE", "1-12").partition("-")
    days, every = int(os.environ.get("WEAR_DAYS", "2")), float(os.environ.get("WEAR_EVERY", "5"))
    keep = os.environ.get("WEAR_KEEP")
    for wearer in wearers(int(os.environ.get("WEAR_SEED", "5001")), int(first), int(last or first)):
        row = lived(wearer, days, every)
        if keep:
            with Path(keep).open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
        yield row


def _read(files: Iterable[str]) -> Iterator[Row]:
    for file in files:
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def _raised(person: Row) -> list[dict[str, object]]:
    raised = person["raised"]
    return raised if isinstance(raised, list) else []


def _events(people: list[Row]) -> list[dict[str, object]]:
    return [event for one in people if isinstance(one["events"], list) for event in one["events"]]


def _rates(people: list[Row]) -> Iterator[Row]:
    days = [float(str(one["worn_days"])) for one in people]
    yield _row("people", len(people), "")
    yield _row("person-days", sum(int(str(one["days"])) for one in people), "")
    yield _row("... with the watch on an arm", sum(days), "")
    yield _row("readings", sum(int(str(one["readings"])) for one in people), "")
    yield _row("injected events", len(_events(people)), "")
    audible = [[one for one in _raised(person) if one["audible"]] for person in people]
    yield from _rate("audible alarms, injected events included", [len(one) for one in audible], days)
    yield from _rate(
        "audible alarms outside injected events", [_count(one, injected=False) for one in audible], days
    )
    yield from _rate("audible episodes, injected events included", [_episodes(one) for one in audible], days)
    outside = [[x for x in one if not x["injected"]] for one in audible]
    yield from _rate("audible episodes outside injected events", [_episodes(one) for one in outside], days)
    yield from _rate("episodes with a false high and nothing true", [_false(one) for one in audible], days)
    for word in ("false", "transient", "true"):
        yield from _rate(
            f"{word} high", [_count(one, priority="high", verdict=word) for one in audible], days
        )
        yield from _rate(
            f"{word} medium", [_count(one, priority="medium", verdict=word) for one in audible], days
        )


def _episodes(raised: list[dict[str, object]]) -> int:
    return len({one["episode"] for one in raised})


def _false(raised: list[dict[str, object]]) -> int:
    """Episodes in which a high alarm was false and no alarm was right, not even for a moment."""
    right = {one["episode"] for one in raised if one["verdict"] != "false"}
    high = {one["episode"] for one in raised if one["priority"] == "high"}
    return len(high - right)


def _count(raised: list[dict[str, object]], **wanted: object) -> int:
    return sum(all(one[key] == value for key, value in wanted.items()) for one in raised)


def _rate(name: str, counts: list[int], days: list[float]) -> Iterator[Row]:
    total, worn = sum(counts), sum(days)
    (low, high), (_, people) = poisson(total, worn), by_person(counts, days)
    yield _row(
        name,
        total / worn,
        f"a day worn; {total} in all, 95 % {low:.3f} to {high:.3f}, by people to {people:.3f}",
    )


def _sensitivities(people: list[Row]) -> Iterator[Row]:
    events = _events(people)
    for wanted in sorted({str(event["asks"]) for event in events} - {""}):
        those = [event for event in events if event["asks"] == wanted]
        yield _found(f"found: {wanted}", those, "delay")
        if wanted == "oxygen high":
            yield _found("... by any oxygen alarm that sounds", those, "any")
        for event in those:
            if event["delay"] is None:
                yield _row(f"... missed at level {event['level']:.1f}", float(str(event["hold"])), "s held")
    yield _row("events not worn through, or too near a limit", _count(events, asks=""), "")


def _found(name: str, events: list[dict[str, object]], key: str) -> Row:
    delays = [
        max(0.0, float(str(event[key])) - float(str(event["rise"])))
        for event in events
        if event[key] is not None
    ]
    low, high = share(len(delays), len(events))
    half, most = np.percentile(delays or [0.0], [50, 90]).tolist()
    told = f"{len(delays)} of {len(events)}, 95 % {low:.3f} to {high:.3f}"
    return _row(
        name,
        len(delays) / len(events),
        f"{told}; {half:.0f} s after it was reached, nine tenths {most:.0f} s",
    )


def _by_cause(people: list[Row]) -> Iterator[Row]:
    days = sum(float(str(one["worn_days"])) for one in people)
    told = Counter(
        (one["alarm"], one["priority"], one["verdict"], one["cause"] if one["verdict"] == "false" else "")
        for person in people
        for one in _raised(person)
        if one["audible"] or one["priority"] == "low"
    )
    for words, count in sorted(told.items(), key=str):
        yield _row(" ".join(map(str, words)).strip(), count / days, f"a day worn; {count}")


def _row(name: str, value: float, unit: str) -> Row:
    return {"name": name, "value": float(value), "unit": unit}
