"""This is the place for what calls tell: the exact contexts of ESCALATES, of TESTS, and of their RAISES.

MONITOR ESCALATES ALARM <id>, one for each message to one contact:

    contact, step       whom; which call of the episode it is, from 1
    why                 raised, unanswered, unsettled, lasting, floor, gap, or recovered (it is over)
    person, device      whom it is about; on which device
    episode, priority   of the worst alarm of the episode that nobody has answered
    floor, state        true beyond the critical floor; "unknown" when the signal is lost; else absent

MONITOR RAISES ALARM <id> (by "calls") says `why` "unsettled" (taken, or seen beyond the floor: the time is
over, the condition lasts) or "snooze-over", and `answered_by`. It has no `value`: no reading caused it.
MONITOR TESTS CONTACT <id> says `why` "weekly" or "asked".
"""

from datetime import datetime
from typing import Final

from healthmon.alarms.calls.called_alarm import CalledAlarm, Condition
from healthmon.alarms.calls.escalation import RECOVERED, Call
from healthmon.alarms.calls.pending import Pending
from healthmon.events import Json, Remark, Thing

NAME: Final = "calls"
_TERMS: Final = ("unit", "limit", "delay_s", "since")


def escalates(call: Call, at: datetime) -> Remark:
    """The sentence for one call."""
    alarm = call.about
    said = _common(alarm) | {"contact": call.contact, "step": call.step, "why": call.why}
    if alarm.condition is Condition.UNKNOWN:
        said["state"] = "unknown"
    # Quiet hours may end both for what is over and for what began since: two messages of one moment.
    by = _by(alarm, call.contact, *([RECOVERED] if call.why == RECOVERED else []))
    return Remark(by, "ESCALATES", Thing("ALARM", alarm.alarm), at, alarm.person, said)


def raises(alarm: CalledAlarm, why: str, by: str, at: datetime) -> Remark:
    """The sentence for an answer that ran out."""
    terms = {key: alarm.told[key] for key in _TERMS if key in alarm.told}
    said = terms | _common(alarm) | {"why": why, "answered_by": by}
    return Remark(_by(alarm), "RAISES", Thing("ALARM", alarm.alarm), at, alarm.person, said)


def tests(contact: str, why: str, at: datetime) -> Remark:
    """The sentence for a test message."""
    return Remark(f"{NAME}.{contact}", "TESTS", Thing("CONTACT", contact), at, None, {"why": why})


def pending_call(call: Call, message_id: str, at: datetime) -> Pending:
    """The message that one call is."""
    alarm = call.about
    return Pending(
        id=message_id,
        contact=call.contact,
        why=call.why,
        at=at,
        alarm=alarm.alarm,
        person=alarm.person,
        device=alarm.device,
        episode=alarm.episode,
        priority=alarm.priority,
        step=call.step,
        is_floor=alarm.is_floor,
        is_unknown=alarm.condition is Condition.UNKNOWN,
        value=alarm.told.get("value"),
        unit=alarm.told.get("unit"),
        limit=alarm.told.get("limit"),
    )


def _common(alarm: CalledAlarm) -> dict[str, Json]:
    said: dict[str, Json] = {"episode": alarm.episode, "priority": alarm.priority.value}
    if alarm.device is not None:
        said["device"] = alarm.device
    if alarm.is_technical:
        said["technical"] = True
    if alarm.is_floor:
        said["floor"] = True
    return said


def _by(alarm: CalledAlarm, *more: str) -> str:
    """Part of the id: two devices may have the same alarm at the same moment."""
    is_of_device = alarm.is_technical or alarm.person is None
    return ".".join([NAME, *more, *([alarm.device] if is_of_device and alarm.device else [])])
