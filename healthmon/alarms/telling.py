"""This is the place for what an alarm tells the world: the exact contexts of its events in the log.

All are said by MONITOR of the object ALARM <row id>, with the person in the context when one is known:

    value, unit         the newest valid reading of the device that the alarm follows
    limit, delay_s      the terms that hold for this person; with `floor` the floor and its delay
    reference           of RAPID_DESAT and SPO2_DROP: the level before, or what is usual; limit is below it
    priority            high, medium or low
    episode             E:<person>:<since>, shared by the person's alarms that overlap or follow within 5 min
    since               when the readings of this stretch began to be beyond (RFC 3339)
    worst               the reading furthest beyond, in this stretch
    device              whose readings these are

    floor               true once its readings were beyond the critical floor, until it is over; else absent

An alarm is known by (person, object id) inside its episode. RAISES adds `why`:

    held                a new alarm: the only ones to be counted. With `floor` it began beyond the floor
    again               this alarm, within 5 minutes of its own end: no new sound, but for a high one
                        that was answered more than 30 minutes ago
    lasting             it became high after ten minutes: what was answered is so no more
    floor               it went beyond the floor: what was answered is so no more

and `acknowledged_by` where a carer answered this alarm before. The rule `calls` knows what is silenced, and
says RAISES of these alarms too, with words of its own. CLEARS adds `outcome`: "recovered", "switched-off" or
"assigned" (its device was nobody's, and is somebody's now), never for a lost signal; and `latched`: true
while nobody has acknowledged an alarm that asks for it. FLAGS adds `state`: "unknown" with `unknown_since`
(the last valid reading, whose `value` is given) and `why`: "taken-off", "offline", "no-pulse", "silent" or
"not-recorded"; or "known" with `phase` "active" or "recovering" when a reading came again.
"""

from healthmon.alarms.classes import FLOOR_DELAY
from healthmon.alarms.limits import Terms
from healthmon.alarms.machine import Alarm, Turn
from healthmon.alarms.states import Phase, Says
from healthmon.events import Json, Remark, Thing

NAME = "alarms"


def remark(alarm: Alarm, turn: Turn, person: str | None) -> Remark:
    """The sentence for a step an alarm has just taken. Call it before the alarm is told anything else."""
    context = _common(alarm)
    match turn.says:
        case Says.RAISES:
            context |= _raised(alarm, turn)
        case Says.CLEARS:
            context |= {"outcome": turn.why, "latched": alarm.phase is Phase.LATCHED}
        case Says.FLAGS:
            context |= _flagged(alarm, turn)
    thing = Thing("ALARM", alarm.row.id)
    by = NAME if person is not None or alarm.source is None else _nameless(alarm.source.device)
    return Remark(by=by, verb=turn.says.value, object=thing, at=turn.at, person=person, context=context)


def _nameless(device: str) -> str:
    # Two that nobody was given may tell the same at the same time, and each has an id of its own.
    return f"{NAME}.{device.replace(':', '.')}"


def _common(alarm: Alarm) -> dict[str, Json]:
    source, terms, since = alarm.source, alarm.terms, alarm.since
    delay = terms.delay if terms is not None else alarm.row.delay
    said: dict[str, Json] = {
        "value": source.value if source is not None else None,
        "unit": alarm.row.unit,
        "limit": _limit(alarm, terms) if terms is not None else None,
        "delay_s": (FLOOR_DELAY if alarm.is_floor else delay).total_seconds(),
        "reference": alarm.reference,
        "priority": alarm.priority.value,
        "episode": alarm.episode,
        "since": since.isoformat() if since is not None else None,
        "worst": alarm.worst,
        "device": source.device if source is not None else None,
        "floor": alarm.is_floor or None,
    }
    return {key: value for key, value in said.items() if value is not None}


def _limit(alarm: Alarm, terms: Terms) -> float | None:
    if alarm.is_floor:
        return terms.floor
    return terms.limit if alarm.reference is None else alarm.reference - terms.limit


def _raised(alarm: Alarm, turn: Turn) -> dict[str, Json]:
    said: dict[str, Json] = {"why": turn.why}
    if alarm.answered_by:
        said["acknowledged_by"] = alarm.answered_by
    return said


def _flagged(alarm: Alarm, turn: Turn) -> dict[str, Json]:
    if alarm.phase is not Phase.UNKNOWN:
        return {"state": "known", "phase": alarm.phase.value}
    newest = alarm.source.newest.isoformat() if alarm.source is not None else None
    return {"state": "unknown", "why": turn.why, "unknown_since": newest}
