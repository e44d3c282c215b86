"""This is the place for what was answered to each alarm: the recorder's own rule, run again here.

Whom it would call is never shown: that comes from the log. It only tells what holds of what carers said:
seen, going, snoozed, paused; whom to call in which order, and who sleeps when.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from healthmon.alarms import Calls, OpenCall
from healthmon.alarms.calls.duty import Duty
from healthmon.alarms.calls.quiet_hours import QuietHours
from healthmon.events import Entry
from healthmon.view.open_alarm import AlarmKey

# What that rule raises itself, in the recorder; here it has come to the same.
_ITS_OWN: Final = ("unsettled", "snooze-over")
Standing = Mapping[AlarmKey, OpenCall]
_NOTHING: Final[Standing] = MappingProxyType({})


class Answering:
    """Follows alarms, and what carers say to them. One thread."""

    def __init__(self) -> None:
        self._calls = Calls()

    def follow(self, entry: Entry) -> None:
        """One entry, in its turn; no reading matters."""
        self._settle(entry.received)
        if entry.verb != "RAISES" or entry.context.get("why") not in _ITS_OWN:
            self._calls.observe(entry)

    def standing(self, now: datetime) -> Standing:
        """What holds now, for each alarm that is not over."""
        self._settle(now)
        calls = self._calls.open_calls(now)
        return {AlarmKey(one.episode, one.alarm): one for one in calls} if calls else _NOTHING

    @property
    def duty(self) -> Duty:
        """Who can be called, and in which order. To be read, not changed."""
        return self._calls.duty

    @property
    def quiet(self) -> QuietHours:
        """Who sleeps when, and where. To be read, not changed."""
        return self._calls.quiet

    def paused_until(self, now: datetime) -> datetime | None:
        """When a pause of all sound ends; None while there is none."""
        self._settle(now)
        until = self._calls.paused_until
        return until if until is not None and until > now else None

    def _settle(self, at: datetime) -> None:
        """Silences that are over by then are over here too."""
        due = self._calls.due()
        if due is not None and due <= at:
            self._calls.fire(at)
