"""What carers and the recorder say about alarms in stories: answers, duty, quiet hours, what arrived."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Final, TypeAlias

from healthmon.events import Entry, Event, Json, Thing
from healthmon.pipeline.monitor import MONITOR, monitor_says

Act: TypeAlias = Callable[[Random], tuple[str, Thing, dict[str, Json]]]
_ALARMS: Final = ("SPO2_CRIT", "SPO2_LOW", "HR_HIGH", "BROKER")
_CONTACTS: Final = ("anna", "ben", "cleo")


def _take(chance: Random) -> tuple[str, Thing, dict[str, Json]]:
    return "TAKES", Thing("ALARM", chance.choice(_ALARMS)), {"value": chance.randrange(4), "unit": "min"}


def _pause(chance: Random) -> tuple[str, Thing, dict[str, Json]]:
    return "PAUSES", Thing("SOUND"), {"value": chance.randrange(3), "unit": "min"}


def _duty(chance: Random) -> tuple[str, Thing, dict[str, Json]]:
    names: list[Json] = [*chance.sample(_CONTACTS, chance.randrange(4))]
    return "SETS", Thing("DUTY"), {"contacts": names, "weekly_test": chance.random() < 0.5}


def _hand_over(chance: Random) -> tuple[str, Thing, dict[str, Json]]:
    return "HANDS_OVER", Thing("DUTY"), {"to": chance.choice(_CONTACTS)}


def _quiet(chance: Random) -> tuple[str, Thing, dict[str, Json]]:
    hours = chance.choice(({"from": "22:00", "to": "07:00"}, {"from": "06:00", "to": "07:10"}, {}))
    return "SETS", Thing("QUIET_HOURS"), {**hours}


def _period(chance: Random) -> tuple[str, Thing, dict[str, Json]]:
    thing = Thing("DEVICE", chance.choice(("watch-0", "watch-1", "watch-2")))
    return "SETS", thing, {"period_s": chance.choice((0, 1, 60, 900, None))}


ACTS: Final[Mapping[str, Act]] = {
    "take": _take,
    "pause": _pause,
    "duty": _duty,
    "hand-over": _hand_over,
    "quiet": _quiet,
    "period": _period,
}


def contacts(at: datetime, chance: Random) -> Event:
    """The recorder says who can be called."""
    names: list[Json] = [*_CONTACTS[: chance.randrange(1, 4)]]
    return monitor_says("REPORTS", Thing("CONTACTS"), at, {"contacts": names, "zone": "Europe/Berlin"})


def arrived(log: Sequence[Entry], at: datetime, chance: Random) -> list[Event]:
    """What became of the messages that the log tells of, the newest ones."""
    said = [one for one in log if one.verb in {"ESCALATES", "TESTS"} and one.subject == MONITOR]
    return [
        monitor_says(
            "NOTIFIES",
            Thing("CONTACT", str(one.context.get("contact", one.object.id))),
            at,
            {"cause": one.id, "outcome": chance.choice(("delivered", "failed"))},
        )
        for one in said[-4:]
    ]
