"""This is the place for all that a home's calls depend on, and for which sentence changes what of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from healthmon.alarms.calls import silences
from healthmon.alarms.calls.answer_times import LONGEST_PAUSE
from healthmon.alarms.calls.book import CallsBook
from healthmon.alarms.calls.duty import Duty
from healthmon.alarms.calls.pending import NOT_NEEDED, PendingMessages
from healthmon.alarms.calls.quiet_hours import QuietHours
from healthmon.alarms.calls.weekly_test import WeeklyTest
from healthmon.alarms.classes import Priority
from healthmon.events import Delivery, Entry


class CallsHome:
    """A fold of every sentence that `Calls` acts on. It says nothing of its own."""

    def __init__(self) -> None:
        self.book = CallsBook()
        self.duty = Duty()
        self.quiet = QuietHours()
        self.pending = PendingMessages()
        self.weekly = WeeklyTest()
        self.asked: list[str] = []  # contacts that a carer wants tested, until they are
        self.paused_until: datetime | None = None
        self.sound_tested_at: datetime | None = None

    def hear(self, entry: Entry) -> bool:
        """Take in one sentence; False when it is none that matters, or its speaker may not say it."""
        heard = _HEARD.get((entry.verb, entry.object.type))
        if heard is None or not heard.is_entitled(entry):
            return False
        heard.take(self, entry)
        self.book.tidy(entry.received)
        return True

    def forget(self, person: str) -> None:
        """This person was erased."""
        self.book.forget(person)
        self.duty.forget(person)
        self.quiet.forget(person)
        self.pending.forget(person)
        if not self.duty.tested():
            self.weekly.due = None

    def raised(self, entry: Entry) -> None:
        """An alarm began, came again or got worse. A high one that begins ends a pause."""
        alarm = self.book.raised(entry)
        is_news = entry.context.get("why") != "again"
        if alarm.priority is Priority.HIGH and alarm.wants_somebody and is_news:
            self.paused_until = None

    def paused(self, entry: Entry) -> None:
        """A carer wants no sound for a while; a pause of nothing ends it."""
        length = silences.length(entry)
        if length is not None:
            self.paused_until = silences.end(entry, min(length, LONGEST_PAUSE)) if length else None

    def set_duty(self, entry: Entry) -> None:
        """A carer set whom to call."""
        self.duty.set(entry)
        self._renew(entry.received)

    def handed_over(self, entry: Entry) -> None:
        """Somebody else is on duty."""
        self.duty.hand_over(entry)
        self._renew(entry.received)

    def told_contacts(self, entry: Entry) -> None:
        """The recorder says who has an address, and where it is."""
        self.quiet.at_home(entry.context.get("zone"))
        self.duty.can_be_called(entry.context.get("contacts"))
        self._renew(entry.received)

    def resumed(self, entry: Entry) -> None:
        """Nobody recorded until now."""
        self.book.resume(entry.received)
        self.weekly.missed(entry.received, self.quiet.home)

    def notified(self, entry: Entry) -> None:
        """A message arrived, or never will: then the next contact is called at once."""
        message = self.pending.settle(entry)
        call = self.book.calls.get(message.episode) if message is not None else None
        is_lost = entry.context.get("outcome") == "failed" and entry.context.get("reason") not in NOT_NEEDED
        if message is not None and call is not None and is_lost:
            call.hurry(message.contact, self.duty.order(message.person), entry.received)

    def asked_for_a_test(self, entry: Entry) -> None:
        """A carer wants to see that a contact can be reached."""
        self.asked.append(entry.object.id)

    def sound_tested(self, entry: Entry) -> None:
        """A carer wants to hear what an alarm sounds like."""
        self.sound_tested_at = entry.received

    def _renew(self, at: datetime) -> None:
        self.weekly.follow(self.duty.tested(), at)
        for episode, worst in self.book.worst().items():
            self.book.calls[episode].renew(self.duty.order(worst.person), at)


def hears(verb: str, kind: str) -> bool:
    """Whether sentences of this verb about this kind of thing can matter."""
    return (verb, kind) in _HEARD


def is_start(entry: Entry) -> bool:
    """Whether nobody recorded until this entry: no timer fired before it."""
    return _HEARD.get((entry.verb, entry.object.type)) == _RESUMES and _is_monitors(entry)


class _Heard(NamedTuple):
    """What an entry does, and whether its speaker may."""

    take: Callable[[CallsHome, Entry], None]
    is_entitled: Callable[[Entry], bool]


def _is_monitors(entry: Entry) -> bool:
    return entry.subject.type == "MONITOR" and entry.delivery is Delivery.LIVE


def _is_carers(entry: Entry) -> bool:
    return entry.subject.type == "CAREGIVER" and entry.counts_now


def _monitor(take: Callable[[CallsHome, Entry], None]) -> _Heard:
    return _Heard(take, _is_monitors)


def _carer(take: Callable[[CallsHome, Entry], None]) -> _Heard:
    return _Heard(take, _is_carers)


_RESUMES: Final = _monitor(CallsHome.resumed)
_HEARD: Final[Mapping[tuple[str, str], _Heard]] = MappingProxyType(
    {
        ("RAISES", "ALARM"): _monitor(CallsHome.raised),
        ("CLEARS", "ALARM"): _monitor(lambda home, entry: home.book.cleared(entry)),
        ("FLAGS", "ALARM"): _monitor(lambda home, entry: home.book.flagged(entry)),
        ("STARTS", "RECORDER"): _RESUMES,
        ("REPORTS", "GAP"): _RESUMES,
        ("REPORTS", "CONTACTS"): _monitor(CallsHome.told_contacts),
        ("NOTIFIES", "CONTACT"): _monitor(CallsHome.notified),
        ("ACKNOWLEDGES", "ALARM"): _carer(lambda home, entry: home.book.acknowledged(entry)),
        ("TAKES", "ALARM"): _carer(lambda home, entry: home.book.taken(entry)),
        ("SNOOZES", "ALARM"): _carer(lambda home, entry: home.book.snoozed(entry)),
        ("PAUSES", "SOUND"): _carer(CallsHome.paused),
        ("TESTS", "SOUND"): _carer(CallsHome.sound_tested),
        ("SETS", "DUTY"): _carer(CallsHome.set_duty),
        ("HANDS_OVER", "DUTY"): _carer(CallsHome.handed_over),
        ("SETS", "QUIET_HOURS"): _carer(lambda home, entry: home.quiet.set(entry)),
        ("SETS", "PERSON"): _carer(lambda home, entry: home.quiet.lives(entry)),
        ("TESTS", "CONTACT"): _carer(CallsHome.asked_for_a_test),
    }
)
