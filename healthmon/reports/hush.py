"""This is the place for what was meant not to be heard: quiet hours, a pause of all sound, a snooze.

A fold of what carers set. It says what was asked for, as far as the log tells; what really sounded is the
recorder's business.
"""

from datetime import datetime, timedelta, tzinfo

from healthmon.alarms.calls.answer_times import LONGEST_PAUSE
from healthmon.alarms.calls.quiet_hours import QuietHours
from healthmon.alarms.calls.silences import length
from healthmon.events import Entry
from healthmon.events.moments import moment_of
from healthmon.reports.episode import AUDIBLE, Hush


class Hushes:
    """What holds for whom as the log goes on. Old copies and imports set nothing. One thread."""

    def __init__(self) -> None:
        self._quiet = QuietHours()
        self._paused_until: datetime | None = None

    def take(self, entry: Entry) -> None:
        """Follow SETS PERSON, SETS QUIET_HOURS, PAUSES SOUND, and the zone that REPORTS CONTACTS tells."""
        kind = entry.object.type
        if entry.verb == "REPORTS":
            if entry.subject.type == "MONITOR" and kind == "CONTACTS":
                self._quiet.at_home(entry.context.get("zone"))
        elif not entry.counts_now:
            return
        elif entry.verb == "PAUSES":
            self._pause(entry)
        elif entry.verb == "SETS" and kind == "PERSON":
            self._quiet.lives(entry)
        elif entry.verb == "SETS" and kind == "QUIET_HOURS":
            self._quiet.set(entry)

    def zone_of(self, person: str | None) -> tzinfo:
        """Where a person's nights are: their zone, else the recorder's, else UTC."""
        return self._quiet.zone_of(person)

    def of(self, entry: Entry) -> Hush | None:
        """Why an alarm that is raised here was not to be heard; None where it was, or never is."""
        context, at = entry.context, entry.time
        priority = context.get("priority")
        if context.get("floor") is True or priority not in AUDIBLE:
            return None
        snoozed = moment_of(context.get("snoozed_until"))
        if snoozed is not None and snoozed > at:
            return Hush.SNOOZED
        if self._paused_until is not None and at < self._paused_until:
            return Hush.PAUSED
        can_wait = priority == "medium" and context.get("technical") is not True
        is_quiet = can_wait and self._quiet.end(entry.person, at) is not None
        return Hush.QUIET_HOURS if is_quiet else None

    def _pause(self, entry: Entry) -> None:
        lasting = length(entry) if entry.object.type == "SOUND" else None
        if lasting is not None:
            self._paused_until = entry.time + min(max(lasting, timedelta()), LONGEST_PAUSE)
