"""This is the place for the alarms about devices as a rule: what they say in, RAISES and CLEARS out."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.devices.device import Pulse
from healthmon.alarms.devices.felt import felt, pulse_of, value_of
from healthmon.alarms.devices.register import Register, set_period
from healthmon.alarms.devices.rhythm import LONGEST_PERIOD, patience
from healthmon.alarms.devices.watched import Watched
from healthmon.alarms.doubt import is_doubted
from healthmon.alarms.worn import Worn
from healthmon.events import Delivery, Entry, Json, Listener, Remark, StreamListener, Thing
from healthmon.events.plausible import GATES

NAME: Final = "devices"
BATTERY: Final = "BATTERY"
TOLD_EVERY: Final = timedelta(hours=24)  # our choice: that there are too many devices to follow
_NOT_DEVICES: Final = frozenset({"MONITOR", "CAREGIVER"})
_DEVICES_SAY: Final = frozenset({"MEASURES", "REPORTS", "DETECTS", "SWITCHES", "PERCOLATES"})
_LIVE, _LATE = Delivery.LIVE, Delivery.LATE  # reading a member off an enum class is slow


class DeviceAlarms:
    """DEVICE_SILENT, NOT_WORN, STALE_HR, STALE_SPO2, FROZEN, BATTERY and the CLOCK of devices.

    They stand beside the alarms of bodies and never touch one. Times are those of receipt. Only live words
    raise and clear; an old one shows no more than that the device still speaks. After STARTS and GAP every
    period begins anew. Followed are devices that measured a heart rate or an oxygen saturation, and those a
    carer assigned or set; when there are too many it says so, FLAGS DEVICES, once a day.
    """

    name = NAME

    def __init__(self) -> None:
        self._register = Register()
        self._watched = self._register.watched
        self._worn = Worn()
        self._due: datetime | None = None
        self._told_at: datetime | None = None

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Judge one entry."""
        listen = self.listener(entry.verb, entry.object.type)
        return (listen(entry) or ()) if listen is not None else ()

    def listener(self, verb: str, kind: str) -> Listener | None:
        """What devices say, what carers say of them, and the recorder's own starts and gaps."""
        if verb == "MEASURES":
            return self._measured if kind in GATES else self._heard
        if verb in _DEVICES_SAY:
            return self._heard
        if (verb, kind) == ("STARTS", "RECORDER"):
            return self._heard
        if verb == "ASSIGNS":
            return self._assigned
        if (verb, kind) == ("SETS", "DEVICE"):
            return self._set
        return self._answered if (verb, kind) == ("ACKNOWLEDGES", "ALARM") else None

    def stream(self, entry: Entry) -> StreamListener | None:
        """Heart rates and oxygen. Most are within an utterance and change nothing but the pulse."""
        if entry.subject.type in _NOT_DEVICES:
            return None
        name, kind, person, watched = entry.subject.name, entry.object.type, entry.person, self._watched
        is_off = self._worn.is_off
        one: Watched | None = None
        pulse: Pulse | None = None

        def hear(entry: Entry, value: float) -> Iterable[Remark] | None:
            nonlocal one, pulse
            at = entry.received
            if pulse is None or at >= pulse.quiet_until:
                one = watched.get(name)  # perhaps another: the one that was known may be forgotten
                pulse = one.device.pulses.get(kind) if one is not None else None
            if one is None or pulse is None or pulse.lost_since is not None or is_off(name):
                return self._measured(entry)
            if at >= pulse.quiet_until or one.device.person != person:
                pulse.feel(at, value)
                said = self._spoke(one, entry, is_change=False)
                one.rest(pulse)
                return said
            pulse.go_on(at, value)
            one.device.heard_at = one.device.sign_at = at
            return None

        return hear

    def due(self) -> datetime | None:
        """When a silence may be too long. Readings move that on without a word."""
        return self._due

    def fire(self, at: datetime) -> Iterable[Remark]:
        """Look at every device whose time has come, in the order of their times."""
        said: list[Remark] = []
        while self._due is not None and self._due <= at:
            due = self._due
            for one in [one for one in self._watched.values() if one.wake is not None and one.wake <= due]:
                is_gone = one.gone_at is not None and one.gone_at <= due
                said += self._gone(one, due) if is_gone else one.judged(due)
            self._find_due()
        return said

    def forget(self, person: str) -> None:
        """Their devices are nobody's, and were never heard."""
        for one in list(self._register.of(person)):
            self._register.forget(one.device.name)
        self._find_due()

    def has_heard_since(self, moment: datetime) -> bool:
        """Whether any of the devices that are followed said something after this."""
        return any(one.device.heard_at > moment for one in self._watched.values())

    def _measured(self, entry: Entry) -> Iterable[Remark] | None:
        if entry.subject.type in _NOT_DEVICES:
            return None
        one = self._watched.get(entry.subject.name)
        if entry.delivery is not _LIVE:
            _note_old(one, entry)
            return None
        value, is_doubtful = value_of(entry), is_doubted(entry.context)
        if one is None and value is not None:
            one = self._register.measures_a_body(entry.subject.name, entry.received)
            if one is None:
                return self._too_many(entry)
        if one is None:
            return None
        pulse = pulse_of(one, entry, value)
        is_change = felt(pulse, entry.received, value, is_doubtful=is_doubtful)
        is_worn = self._shows_wear(one, entry, is_felt=value is not None and not is_doubtful)
        said = self._spoke(one, entry, is_change=is_change or is_worn)
        if pulse is not None:
            one.rest(pulse)
        return said

    def _heard(self, entry: Entry) -> Iterable[Remark] | None:
        """Anything else that a device says; or the recorder, of a start or a gap."""
        if entry.subject.type in _NOT_DEVICES:
            is_ours = entry.subject.type == "MONITOR" and entry.object.type in {"GAP", "RECORDER"}
            return self._started(entry) if is_ours and entry.delivery is _LIVE else None
        one = self._watched.get(entry.subject.name)
        if one is None:
            return None
        if entry.delivery is not _LIVE:
            _note_old(one, entry)
            is_news = entry.delivery is _LATE and entry.object.type == "WORN" and self._told(one, entry)
            return self._judged(one, entry.received) if is_news else None
        return self._spoke(one, entry, is_change=self._told(one, entry))

    def _told(self, one: Watched, entry: Entry) -> bool:
        """Take in what it says of itself; whether that may change an alarm."""
        device, kind, value = one.device, entry.object.type, entry.value
        if entry.verb == "REPORTS" and kind == "WORN":
            felt_at = max((pulse.felt_at for pulse in device.pulses.values()), default=None)
            if not self._worn.holds(entry, device.name, felt_at):
                return False
            return device.wear(entry.received, is_worn=value is True)
        if entry.verb == "MEASURES" and kind == BATTERY:
            amount = entry.amount
            is_level = amount is not None and 0 <= amount <= 100
            device.battery = amount if is_level else device.battery
            return is_level
        return entry.verb == "REPORTS" and kind == "AVAILABILITY"

    def _shows_wear(self, one: Watched, entry: Entry, *, is_felt: bool) -> bool:
        """Whether a reading, or none, shows a device to be worn that said it was taken off."""
        device, kind, at = one.device, entry.object.type, entry.received
        if not self._worn.is_off(device.name):
            return False
        if not is_felt:
            self._worn.feels_nothing(device.name, kind)
            return False
        is_worn = self._worn.shows(device.name, kind, at, patience(device.period() or LONGEST_PERIOD))
        return is_worn and device.wear(at, is_worn=True)

    def _spoke(self, one: Watched, entry: Entry, *, is_change: bool) -> Iterable[Remark] | None:
        """A live word. Looked at with care only where it can matter: most of them only show that it lives."""
        device, at = one.device, entry.received
        if entry.object.type == "AVAILABILITY":
            if entry.value == "OFFLINE":
                device.offline_since = device.offline_since or at
            elif entry.value == "ONLINE":
                device.heard_at = device.sign_at = at
                device.offline_since = None
        else:
            device.hear(at)
        if not device.is_assigned and entry.person is not None:
            device.person = entry.person
        may_be_frozen = one.frozen.may_show(device.pulses.get(entry.object.type))
        is_change = one.clock.note(entry) or is_change or may_be_frozen
        if one.is_quiet and one.is_armed and not is_change:
            return None
        return self._judged(one, at)

    def _started(self, entry: Entry) -> Iterable[Remark]:
        """The recorder listens again. What was due meanwhile is not; from now on everything is."""
        said: list[Remark] = []
        for one in self._watched.values():
            one.begin_anew(entry.received)
            said += one.judged(entry.received)
        self._find_due()
        return said

    def _assigned(self, entry: Entry) -> Iterable[Remark]:
        one = self._register.named(entry)
        if one is None:
            return ()
        person, at = entry.person, entry.received
        said: list[Remark] = []
        if person != one.device.person:
            said = one.ended(at, "assigned")
            one.begin_anew(at)
        one.device.person, one.device.is_assigned = person, person is not None
        return said + self._judged(one, at)

    def _set(self, entry: Entry) -> Iterable[Remark]:
        one = self._register.named(entry)
        if one is None:
            return ()
        if set_period(one.device, entry):
            one.device.begun_at = entry.received
        return self._judged(one, entry.received)

    def _answered(self, entry: Entry) -> Iterable[Remark]:
        episode = entry.context.get("episode")
        if entry.subject.type == "CAREGIVER" and entry.counts_now:
            for one in self._watched.values():
                for trouble in one.troubles:
                    if trouble.alarm == entry.object.id and trouble.is_meant(episode, entry.person):
                        trouble.answered_by = entry.subject.id
        return ()

    def _too_many(self, entry: Entry) -> Iterable[Remark] | None:
        if self._told_at is not None and entry.received - self._told_at < TOLD_EVERY:
            return None
        self._told_at = entry.received
        context: dict[str, Json] = {"value": len(self._watched), "device": entry.subject.name}
        return [Remark(NAME, "FLAGS", Thing("DEVICES"), entry.received, None, context)]

    def _judged(self, one: Watched, at: datetime) -> list[Remark]:
        said = one.judged(at)
        self._find_due()
        return said

    def _gone(self, one: Watched, at: datetime) -> list[Remark]:
        self._register.forget(one.device.name)
        return one.ended(at, "forgotten")

    def _find_due(self) -> None:
        wakes = [one.wake for one in self._watched.values() if one.wake is not None]
        self._due = min(wakes, default=None)


def _note_old(one: Watched | None, entry: Entry) -> None:
    """An old reading is no news. But what sends it over the wire is not silent."""
    if one is not None and entry.delivery is _LATE:
        one.device.sign_at = entry.received
