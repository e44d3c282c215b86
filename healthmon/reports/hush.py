"""This is the place for what was meant not to be heard: quiet hours, a pause of all sound, a snooze.

A fold of what carers set. It says what was asked for, as far as the log tells; what really sounded is the
recorder's business.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from healthmon.events import Entry
from healthmon.reports.episode import AUDIBLE, Hush

LONGEST_PAUSE = timedelta(minutes=10)  # of all sound, as the rule of calls allows
_UNITS = {"s": timedelta(seconds=1), "min": timedelta(minutes=1), "h": timedelta(hours=1)}


class Hushes:
    """What holds for whom as the log goes on. Old copies and imports set nothing. One thread."""

    def __init__(self) -> None:
        self._zones: dict[str, ZoneInfo] = {}
        self._quiet: dict[str, tuple[time, time]] = {}
        self._paused_until: datetime | None = None
        self.home: ZoneInfo | None = None
        """The recorder's own zone, once it has told it."""

    def take(self, entry: Entry) -> None:
        """Follow SETS PERSON, SETS QUIET_HOURS, PAUSES SOUND, and the zone that REPORTS CONTACTS tells."""
        if entry.verb == "REPORTS":
            if entry.subject.type == "MONITOR" and entry.object.type == "CONTACTS":
                self.home = _zone(entry.context.get("zone")) or self.home
        elif not entry.counts_now:
            return
        elif entry.verb == "PAUSES":
            self._pause(entry)
        elif entry.verb == "SETS" and entry.person:
            self._set(entry, entry.person)

    def zone_of(self, person: str | None) -> ZoneInfo:
        """Where a person's nights are: their zone, else the recorder's, else UTC."""
        return self._zones.get(person or "") or self.home or ZoneInfo("UTC")

    def of(self, entry: Entry) -> Hush | None:
        """Why an alarm that is raised here was not to be heard; None where it was, or never is."""
        context = entry.context
        priority = context.get("priority")
        if context.get("floor") is True or priority not in AUDIBLE:
            return None
        snoozed = _moment(context.get("snoozed_until"))
        if snoozed is not None and snoozed > entry.time:
            return Hush.SNOOZED
        if self._paused_until is not None and entry.time < self._paused_until:
            return Hush.PAUSED
        return Hush.QUIET_HOURS if priority == "medium" and self._is_quiet(entry) else None

    def _is_quiet(self, entry: Entry) -> bool:
        hours = self._quiet.get(entry.person or "")
        if hours is None:
            return False
        begin, end = hours
        now = entry.time.astimezone(self.zone_of(entry.person)).time()
        return begin <= now < end if begin <= end else now >= begin or now < end

    def _set(self, entry: Entry, person: str) -> None:
        if entry.object.type == "PERSON":
            zone = _zone(entry.context.get("zone"))
            if zone is not None:
                self._zones[person] = zone
        elif entry.object.type == "QUIET_HOURS":
            begin, end = (_clock(entry.context.get(key)) for key in ("from", "to"))
            self._quiet.pop(person, None)
            if begin is not None and end is not None:
                self._quiet[person] = (begin, end)

    def _pause(self, entry: Entry) -> None:
        unit = _UNITS.get(entry.unit or "min")
        if entry.object.type != "SOUND" or entry.amount is None or unit is None:
            return
        lasting = min(max(entry.amount, 0.0) * unit.total_seconds(), LONGEST_PAUSE.total_seconds())
        self._paused_until = entry.time + timedelta(seconds=lasting)


def _zone(name: object) -> ZoneInfo | None:
    if not isinstance(name, str):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _clock(text: object) -> time | None:
    try:
        return time.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _moment(text: object) -> datetime | None:
    try:
        told = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return told if told is None or told.tzinfo is not None else told.replace(tzinfo=UTC)
