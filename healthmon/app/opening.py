"""This is the place for opening the log of a home, and learning from it what it tells."""

from dataclasses import dataclass

from healthmon import log
from healthmon.app.keeping.logic import newest_logic
from healthmon.app.keeping.versions import versions
from healthmon.app.places import Places
from healthmon.app.rebuilding import Rebuilding
from healthmon.clock import Clock
from healthmon.events import Entry, Json
from healthmon.pipeline.house import HouseRules, house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import Settings


@dataclass(frozen=True, slots=True)
class Kept:
    """The open log and what has been rebuilt from it."""

    journal: log.EventLog
    logic: Logic
    rules: HouseRules
    versions: dict[str, Json]
    owed: tuple[Entry, ...]
    damages: tuple[log.Damage, ...]


def open_log(places: Places, settings: Settings, clock: Clock) -> Kept:
    """Open the log and learn from it. Raises LogError: see `open_journal`."""
    return learnt(places, settings, open_journal(places, settings, clock))


def open_journal(places: Places, settings: Settings, clock: Clock) -> log.EventLog:
    """Take the log's lock and mend a torn tail.

    Raises LogError: locked by another recorder, of a newer format, or what the disk refuses.
    """
    room = log.Room(
        segment_bytes=settings.log.segment_mib << 20,
        overflow=places.overflow,
        overflow_bytes=settings.log.overflow_mib << 20,
        reserve_bytes=settings.log.reserve_mib << 20,
    )
    return log.EventLog.open(places.data, clock=clock, room=room)


def learnt(places: Places, settings: Settings, journal: log.EventLog, clock: str | None = None) -> Kept:
    """Rebuild the logic: from its newest checkpoint that fits, and every entry after it.

    Damaged lines are stepped over and told: a flipped bit does not keep anybody unwatched. With a `clock` it
    shows a sign of life meanwhile, which takes long after an update.
    """
    rules = house_rules(settings.rules)
    damages: list[log.Damage] = []
    logic, begun = newest_logic(places.data, settings)
    tail = log.read(places.data, begun, on_damage=damages.append)
    if clock is None:
        owed = logic.recall(tail, next_offset=journal.next_offset)
    else:
        with Rebuilding(
            places.data, places.heartbeat, first=begun, last=journal.next_offset, clock=clock
        ) as signs:
            owed = logic.recall(signs.counted(tail), next_offset=journal.next_offset)
    return Kept(journal, logic, rules, versions(settings), tuple(owed), tuple(damages))
