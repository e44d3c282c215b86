"""This is the place for nights in which oxygen dipped again and again: told in the morning."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from healthmon.events import Entry, Json, Listener, Remark, StreamListener, Thing
from healthmon.events.nights import Night, night_at
from healthmon.events.switches import Switches
from healthmon.events.vocabulary import SPO2
from healthmon.events.wear import Wear
from healthmon.events.zones import Zones
from healthmon.rules.dips import dips

ODI4: Final = "ODI4"
MANY: Final = 15.0  # dips an hour, where 5 and fewer are usual: ADVICE section 6; the bands are weak
NEEDED: Final = timedelta(hours=4)  # of readings that can show dips: the same
MOST_PEOPLE, MOST_DEVICES = 64, 4  # that are followed, each; our choice
_SECOND: Final = timedelta(seconds=1)


class _Sleep:
    """What somebody's devices measured in the night that goes on or comes next: a byte for each second."""

    __slots__ = ("begins", "devices", "ends", "night")

    def __init__(self, night: Night) -> None:
        self.night, self.begins, self.ends = night, night.begins, night.ends
        self.devices: dict[str, bytearray] = {}

    def lay(self, device: str, at: datetime, value: float) -> None:
        """One reading of this night; the last of a second counts, in whatever order they come."""
        seconds = self.devices.get(device)
        if seconds is None:
            if len(self.devices) >= MOST_DEVICES:
                return
            seconds = self.devices[device] = bytearray((self.ends - self.begins).seconds)
        seconds[(at - self.begins).seconds] = round(value)


class NightDips:
    """FLAGS NIGHTS ODI4 at 07:00 of the person's own clock: 15 dips of 4 points an hour or more since 00:00.

    Only live readings of a worn device count, and a night only with four hours of them close enough to show a
    dip. With several devices the one that measured longest tells. Nothing is said of a night whose morning
    was not recorded. At most 29 kB for each device, until the morning.

    Context: value and unit (/h), limit, dips, hours (that could be seen), device.
    """

    name = "night-dips"

    def __init__(self) -> None:
        self._zones = Zones()
        self._wear = Wear()
        self._switches = Switches({ODI4})
        self._sleeps: dict[str, _Sleep] = {}

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Judge one entry."""
        listen = self.listener(entry.verb, entry.object.type)
        return (listen(entry) or ()) if listen is not None else ()

    def listener(self, verb: str, kind: str) -> Listener | None:
        """Oxygen by night, what is worn, what carers set, and starts of the recorder."""
        return {
            ("MEASURES", SPO2): self._read,
            ("REPORTS", "WORN"): self._worn,
            ("SETS", "ALARM"): self._set,
            ("SETS", "PERSON"): self._lives,
            ("REPORTS", "CONTACTS"): self._lives,
            ("STARTS", "RECORDER"): self._started,
            ("REPORTS", "GAP"): self._started,
        }.get((verb, kind))

    def stream(self, entry: Entry) -> StreamListener | None:
        """One saturation after the other. By day that is one comparison."""
        person, device = str(entry.person), entry.subject.id
        off, is_off = self._wear.off, self._wear.is_off

        def hear(entry: Entry, value: float) -> Iterable[Remark] | None:
            sleep, at = self._sleeps.get(person), entry.time
            if sleep is None:
                return self._begin(person, entry)
            if sleep.begins <= at < sleep.ends and not (off and is_off(entry)):
                sleep.lay(device, at, value)
            return None

        return hear if entry.object.type == SPO2 else None

    def due(self) -> datetime | None:
        """The next morning of anybody who was heard since the last."""
        return min((one.ends for one in self._sleeps.values()), default=None)

    def fire(self, at: datetime) -> Iterable[Remark]:
        """Every night that is over by `at`."""
        over = [(who, one) for who, one in self._sleeps.items() if one.ends <= at]
        for who, _ in over:
            del self._sleeps[who]
        return [remark for who, one in over for remark in self._judged(who, one)]

    def forget(self, person: str) -> None:
        """Their night, and where they live."""
        self._sleeps.pop(person, None)
        self._zones.forget(person)
        self._switches.forget(person)

    def _read(self, entry: Entry) -> Iterable[Remark] | None:
        context = entry.context
        person = context.get("person")
        if "delivery" in context or type(person) is not str:
            return None
        sleep = self._sleeps.get(person)
        if sleep is None:
            return self._begin(person, entry)
        at = entry.time
        value = self._wear.trusted(entry) if sleep.begins <= at < sleep.ends else None
        if value is not None:
            sleep.lay(entry.subject.id, at, value)
        return None

    def _begin(self, person: str, entry: Entry) -> Iterable[Remark] | None:
        if len(self._sleeps) >= MOST_PEOPLE:
            return None
        self._sleeps[person] = _Sleep(night_at(entry.received, self._zones.of(person)))
        self._read(entry)
        return ()

    def _judged(self, person: str, sleep: _Sleep) -> Iterator[Remark]:
        found = {device: dips(seconds) for device, seconds in sleep.devices.items()}
        device = max(found, key=lambda name: found[name].seconds, default="")
        if not device or found[device].seconds * _SECOND < NEEDED or self._switches.is_off(ODI4, person):
            return
        seen = found[device]
        if seen.per_hour < MANY:
            return
        context: dict[str, Json] = {
            "value": round(seen.per_hour, 1),
            "unit": "/h",
            "limit": MANY,
            "dips": seen.number,
            "hours": round(seen.seconds / 3600, 1),
            "device": device,
        }
        yield Remark(self.name, "FLAGS", Thing("NIGHTS", ODI4), sleep.night.ends, person, context)

    def _worn(self, entry: Entry) -> Iterable[Remark] | None:
        self._wear.follow(entry)
        return None

    def _set(self, entry: Entry) -> Iterable[Remark] | None:
        self._switches.follow(entry)
        return None

    def _lives(self, entry: Entry) -> Iterable[Remark] | None:
        """Whose clock was changed begins another night: what was measured of the old one is no whole one."""
        if not self._zones.follow(entry):
            return None
        kept = self._sleeps.items()
        self._sleeps = {
            who: one for who, one in kept if one.night == night_at(entry.received, self._zones.of(who))
        }
        return ()

    def _started(self, entry: Entry) -> Iterable[Remark] | None:
        """Of a morning that nobody recorded nothing is said."""
        if entry.subject.type != "MONITOR":
            return None
        self._sleeps = {who: one for who, one in self._sleeps.items() if one.ends > entry.received}
        return ()
