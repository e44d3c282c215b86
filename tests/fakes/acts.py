"""What devices and carers say in stories: one event for each small thing that may happen."""

from datetime import datetime
from random import Random

from healthmon.events import Event, Json, Thing

WHO = ("maria", "jan")
ANNA = Thing("CAREGIVER", "anna")


def measured(name: str, at: datetime, who: int, what: tuple[str, float]) -> Event:
    """One person's watch measures something."""
    context: dict[str, Json] = {"value": what[1], "unit": "/min" if what[0] == "HR" else "%"}
    if who:
        context["person"] = WHO[who]
    return told(name, at, (Thing("WATCH", f"watch-{who}"), "MEASURES", Thing(what[0])), context)


def told(name: str, at: datetime, said: tuple[Thing, str, Thing], context: dict[str, Json]) -> Event:
    subject, verb, thing = said
    return Event(id=name, time=at, subject=subject, verb=verb, object=thing, context=context)


def _watch(who: int) -> Thing:
    return Thing("WATCH", f"watch-{who}")


def _assign(name: str, at: datetime, who: int, chance: Random) -> Event:
    person = chance.choice((*WHO, None))
    context: dict[str, Json] = {} if person is None else {"person": person}
    return told(name, at, (ANNA, "ASSIGNS", _watch(who)), context)


def _limit(name: str, at: datetime, who: int, chance: Random) -> Event:
    alarm = chance.choice(("SPO2_CRIT", "SPO2_LOW", "HR_HIGH"))
    context: dict[str, Json] = {"person": WHO[who], "value": chance.choice((86, 90, 115, None)), "unit": "%"}
    return told(name, at, (ANNA, "SETS", Thing("ALARM", alarm)), context)


def _profile(name: str, at: datetime, who: int, chance: Random) -> Event:
    profile, zone = chance.choice(("adult", "athlete")), chance.choice(("Europe/Berlin", "Asia/Tokyo"))
    context: dict[str, Json] = {"person": WHO[who], "name": "M", "profile": profile, "zone": zone}
    return told(name, at, (ANNA, "SETS", Thing("PERSON", WHO[who])), context)


def _answer(name: str, at: datetime, who: int, chance: Random) -> Event:
    thing = Thing("ALARM", chance.choice(("SPO2_CRIT", "SPO2_LOW", "HR_HIGH")))
    return told(name, at, (ANNA, "ACKNOWLEDGES", thing), {"person": WHO[who]})


def _snooze(name: str, at: datetime, who: int, chance: Random) -> Event:
    thing = Thing("ALARM", chance.choice(("SPO2_CRIT", "SPO2_LOW")))
    return told(name, at, (ANNA, "SNOOZES", thing), {"person": WHO[who], "value": 1, "unit": "min"})


def _worn(name: str, at: datetime, who: int, *, value: bool) -> Event:
    return told(name, at, (_watch(who), "REPORTS", Thing("WORN")), {"value": value})


def _offline(name: str, at: datetime, who: int, chance: Random) -> Event:
    said = chance.choice(("OFFLINE", "ONLINE"))
    return told(name, at, (_watch(who), "REPORTS", Thing("AVAILABILITY")), {"value": said})


def _steps(name: str, at: datetime, who: int, chance: Random) -> Event:
    context: dict[str, Json] = {"value": chance.randrange(120), "unit": "/min", "person": WHO[who]}
    return told(name, at, (_watch(who), "MEASURES", Thing("STEPS")), context)


def _battery(name: str, at: datetime, who: int, chance: Random) -> Event:
    context: dict[str, Json] = {"value": chance.choice((5, 15, 18, 90)), "unit": "%"}
    return told(name, at, (_watch(who), "MEASURES", Thing("BATTERY")), context)


def coffee(name: str, at: datetime, who: int, chance: Random) -> Event:
    said = (Thing("KETTLE", "kettle-1"), "PERCOLATES", Thing("COFFEE"))
    return told(name, at, said, {"value": 500, "unit": "mL"})


def _cup(name: str, at: datetime, who: int, chance: Random) -> Event:
    said = (Thing("KETTLE", "kettle-1"), "PERCOLATES", Thing("COFFEE"))
    context: dict[str, Json] = {"value": chance.choice((100, 250, 500, None)), "person": WHO[who]}
    return told(name, at, said, context)


ACTS = {
    "assign": _assign,
    "limit": _limit,
    "profile": _profile,
    "acknowledge": _answer,
    "snooze": _snooze,
    "off": lambda name, at, who, _: _worn(name, at, who, value=False),
    "on": lambda name, at, who, _: _worn(name, at, who, value=True),
    "offline": _offline,
    "steps": _steps,
    "battery": _battery,
    "coffee": coffee,
    "cup": _cup,
}
