"""This is the place for the rule that advises: once a minute, about everybody who is being heard live."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from healthmon.advice.caps import Profile
from healthmon.advice.features import Features
from healthmon.advice.opinion import Opinion, Opinions
from healthmon.advice.stream import HEARD
from healthmon.advice.tables import Model, Refused
from healthmon.events import Entry, Listener, Remark, StreamListener, Thing
from healthmon.events.vocabulary import HR, SPO2
from healthmon.events.zones import zone_named

EVERY = timedelta(minutes=1)
REPEAT = timedelta(minutes=10)
RECENT = timedelta(minutes=10)  # a person heard no later than this is being heard
_SAID_BY_DEVICES = frozenset({"MEASURES", "REPORTS"})


class Adviser:
    """What is known and thought of one person. One thread."""

    def __init__(self, model: Model | Refused, zone: tzinfo) -> None:
        self.features = Features(zone)
        self.live = self.features.live
        self.heard: datetime | None = None  # live
        self._profile = Profile.ADULT
        self._opinions = Opinions(model)
        self._alarms: dict[str, None] = {}  # High and active, oldest first
        self._said: tuple[datetime, Opinion] | None = None

    def know(self, profile: str) -> None:
        """A carer set this person's profile; another word than ours is an adult's."""
        self._profile = Profile(profile) if profile in _PROFILES else Profile.ADULT

    def alarm(self, alarm: str, *, high: bool) -> None:
        """An alarm rings, rings louder, or is over."""
        if high:
            self._alarms[alarm] = None
        else:
            self._alarms.pop(alarm, None)

    def hear(self, entry: Entry) -> bool:
        """Take what a device said; whether it was live."""
        live = self.features.hear(entry)
        if live:
            self.heard = entry.received
        return live

    def is_heard(self, at: datetime) -> bool:
        """Whether anything came in live in the last 10 minutes."""
        return self.heard is not None and at - self.heard <= RECENT

    def speak(self, at: datetime) -> Opinion | None:
        """The opinion at this whole minute, if it is news or 10 minutes have passed."""
        alarm = next(iter(self._alarms), None)
        now = self._opinions.form(self.features.moment(at), self._profile, alarm)
        if self._said and at - self._said[0] < REPEAT and not now.differs(self._said[1]):
            return None
        self._said = (at, now)
        return now


class Advise:
    """The advice rule: fits `healthmon.events.Rule`. One thread, the recorder's; never blocks; pure.

    It learns what is usual from live and imported readings, and speaks only of people heard live in the
    last 10 minutes, at whole minutes of event time. It raises nothing and silences nothing: while a High
    alarm rings it says so and steps back. With a refused model it says that, and the rules stand alone.
    `zone` is where people live until a carer sets another for them.
    """

    def __init__(self, model: Model | Refused, *, zone: tzinfo = UTC) -> None:
        self._model = model
        self._model_id = "" if isinstance(model, Refused) else model.short_id
        self._zone = zone
        self._people: dict[str, Adviser] = {}
        self._due: datetime | None = None

    @property
    def name(self) -> str:
        """Always `advice`."""
        return "advice"

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Take an entry. Says nothing yet: advice comes at whole minutes."""
        kind = entry.object.type
        if kind in HEARD:
            self._hear(entry)
        elif kind in _LISTENED and (person := entry.person):
            _LISTENED[kind](self, person, entry)
        elif entry.subject.type == "MONITOR" and (entry.verb, kind) in _PAUSES:
            self._due = None  # while nobody recorded nothing was due; who is heard again sets it again
        return ()

    def listener(self, verb: str, kind: str) -> Listener | None:
        """What devices say of people, what carers set, alarms, and starts of the recorder."""
        if kind in {HR, SPO2} and verb == "MEASURES":
            return self._read
        return self.observe if kind in HEARD or kind in _LISTENED or (verb, kind) in _PAUSES else None

    def stream(self, entry: Entry) -> StreamListener | None:
        """Heart rates and oxygen. Nearly every one is of the same minute as the one before."""
        person, kind, people = str(entry.person), entry.object.type, self._people

        def hear(entry: Entry, value: float) -> Iterable[Remark] | None:
            adviser = people.get(person)
            if (
                adviser is not None
                and self._due is not None
                and adviser.live.goes_on(kind, entry.time, value)
            ):
                adviser.heard = entry.received
                return None
            return self._read(entry)

        return hear if kind in HEARD else None

    def _read(self, entry: Entry) -> Iterable[Remark] | None:
        due = self._due
        self._hear(entry)
        return None if self._due is due else ()

    def due(self) -> datetime | None:
        """The next whole minute, while anybody is being heard."""
        return self._due

    def fire(self, at: datetime) -> Iterable[Remark]:  # noqa: ARG002  # the due time is what counts
        """Speak for the minute that is due, whatever the time now is; then the next minute is due."""
        due = self._due
        if due is None:
            return ()
        heard = [(name, one) for name, one in self._people.items() if one.is_heard(due)]
        self._due = due + EVERY if heard else None
        opinions = [(name, opinion) for name, one in heard if (opinion := one.speak(due)) is not None]
        return [self._remark(name, opinion, due) for name, opinion in opinions]

    def heard(self, at: datetime) -> list[tuple[str, Features]]:
        """Whoever is being heard live at this moment, with what is known of them."""
        return [(name, one.features) for name, one in self._people.items() if one.is_heard(at)]

    def forget(self, person: str) -> None:
        """Whatever was learnt of them; the minutes go on while anybody else is heard."""
        self._people.pop(person, None)

    def _hear(self, entry: Entry) -> None:
        person = entry.person
        if not person or entry.verb not in _SAID_BY_DEVICES:
            return
        live = self._adviser(person).hear(entry)
        if live and self._due is None:
            # A clock that was never set says 2015: nobody waits for the minutes since then to be spoken for.
            begin = max(min(entry.time, entry.received), entry.received - RECENT)
            self._due = _minute_of(begin) + EVERY

    def _set(self, person: str, entry: Entry) -> None:
        if entry.verb != "SETS":
            return
        adviser = self._adviser(person)
        if isinstance(profile := entry.context.get("profile"), str):
            adviser.know(profile)
        if zone := zone_named(entry.context.get("zone")):
            adviser.features.move(zone, entry.time)

    def _alarm(self, person: str, entry: Entry) -> None:
        if entry.verb == "RAISES":  # calls go on when it is over: ESCALATES says nothing of its condition
            self._adviser(person).alarm(entry.object.id, high=entry.context.get("priority") == "high")
        elif entry.verb == "CLEARS":
            self._adviser(person).alarm(entry.object.id, high=False)

    def _adviser(self, person: str) -> Adviser:
        found = self._people.get(person)
        if found is None:
            found = self._people[person] = Adviser(self._model, self._zone)
        return found

    def _remark(self, person: str, opinion: Opinion, at: datetime) -> Remark:
        return Remark(
            by=self.name,
            verb="ADVISES",
            object=Thing("ADVICE", opinion.advice.value),
            at=at,
            person=person,
            context=opinion.context(self._model_id),
        )


def _minute_of(time: datetime) -> datetime:
    return time.astimezone(UTC).replace(second=0, microsecond=0)


_PROFILES = frozenset(Profile)
_PAUSES = {("STARTS", "RECORDER"), ("REPORTS", "GAP")}  # after which the monitor says that nobody recorded
_LISTENED = {"PERSON": Advise._set, "ALARM": Advise._alarm}  # noqa: SLF001  # its own methods
