"""This is the place for the recorder's care of its contacts: who they are, and what is on its way to them."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from healthmon.alarms import OpenCall, Pending
from healthmon.alarms.states import Answer
from healthmon.app.cares.home_zone import home_zone
from healthmon.events import Json
from healthmon.notify.child import Flight
from healthmon.notify.contacts import Contact, ContactsFile, no_such_contact
from healthmon.notify.courier import ANSWERED, OVER, Courier, Settled
from healthmon.notify.courier import Flight as AnyFlight
from healthmon.notify.errors import NotifyError
from healthmon.notify.letter import Letter, Urgency
from healthmon.notify.notice import RECOVERED, TEST, Notice
from healthmon.notify.words import Privacy, Words
from healthmon.settings import NotifySettings

LOOK_EVERY: Final = 1.0  # seconds of real time between two looks at the file

# The words of REPORTS CONTACTS, of which alarms/technical.py makes an alarm.
WELL: Final = "well"
SOME: Final = "some"  # an entry or an address was left out
NOBODY: Final = "nobody"
UNUSABLE: Final = "unusable"


@dataclass(frozen=True, slots=True)
class Notified:
    """What `MONITOR NOTIFIES CONTACT <contact>` says: final, and never an address."""

    contact: str
    context: dict[str, Json]


class ContactCare:
    """Called in every turn of the recorder, from its one thread; a look at the clock while nobody is called.

    What hangs, hangs in a child process. `problem` says in one line why somebody cannot be called.
    """

    def __init__(
        self,
        file: ContactsFile,
        words: Words,
        *,
        launch: Callable[[Letter], AnyFlight] = Flight,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._file = file
        self._words = words
        self._now = now
        self._courier = Courier(self._letter, launch, now)
        self._contacts: dict[str, Contact] = {}
        self._names: Callable[[], Mapping[str, str]] = dict
        self._settled: list[Settled] = []
        self._mark: tuple[int, ...] | None = None
        self._looked = now() - LOOK_EVERY
        self.problem = ""

    @classmethod
    def of(cls, data: Path, settings: NotifySettings) -> "ContactCare":
        """For the contacts of this data folder."""
        return cls(ContactsFile(data), Words(Privacy.of(settings.privacy)))

    def news(self) -> dict[str, Json] | None:
        """The context of REPORTS CONTACTS at the first call, and when the file changed; else None."""
        now = self._now()
        if now - self._looked < LOOK_EVERY:
            return None
        self._looked = now
        mark = self._file.mark()
        if mark == self._mark:
            return None
        self._mark = mark
        return self._read()

    def look(
        self,
        pending: Sequence[Pending],
        names: Callable[[], Mapping[str, str]],
        open_calls: Callable[[], Sequence[OpenCall]] | None = None,
        beside: Sequence[Pending] = (),
    ) -> None:
        """Start what is due, and hear what came back, also while the log cannot be written.

        `names` and `open_calls` are asked when somebody is to be told something: what people are called, and
        which alarms are open. Who is asked to come when somebody is there already, or when it is over, would
        come for nothing. `beside`: messages about what the log knows nothing of.
        """
        if not pending and not beside and self._courier.is_idle:
            return
        self._names = names
        idle = _idle(pending, open_calls()) if open_calls is not None else {}
        self._settled += self._courier.look([_notice(one) for one in (*pending, *beside)], idle=idle)

    def settled(self) -> list[Notified]:
        """What finally became of messages since the last call."""
        if not self._settled:
            return []
        told, self._settled = [_notified(one) for one in self._settled], []
        return told

    def stop(self) -> None:
        """End what is on its way: the next recorder begins it anew."""
        self._courier.stop()

    def _read(self) -> dict[str, Json]:
        """Who is known after a look at the file. A slip in it must not silence those who are written well."""
        try:
            found = self._file.usable()
        except NotifyError as error:
            return self._told(UNUSABLE, (error,))  # those known so far are called on
        self._contacts = {contact.id: contact for contact in found.contacts}
        well = WELL if self._contacts else NOBODY
        return self._told(SOME if found.faults else well, found.faults)

    def _told(self, value: str, faults: Sequence[NotifyError]) -> dict[str, Json]:
        self.problem = str(faults[0]) if faults else ""
        said: dict[str, Json] = {"contacts": list(self._contacts), "zone": home_zone(), "value": value}
        return {**said, "problem": faults[0].reason.value} if faults else said

    def _letter(self, notice: Notice) -> Letter:
        if self._mark is None:  # the log refused from the start: who there is could not be told yet
            self._read()
        contact = self._contacts.get(notice.contact)
        if contact is None:
            raise no_such_contact(notice.contact, tuple(self._contacts))
        return self._words.letter(notice, contact.reach, self._names())


def _idle(pending: Sequence[Pending], open_calls: Sequence[OpenCall]) -> dict[str, str]:
    """Which messages would ask somebody to come for nothing, and why."""
    seen = {_about(one) for one in open_calls if one.answer is not Answer.UNANSWERED}
    asking = [one for one in pending if one.alarm and one.why != RECOVERED]
    over = {one.id: OVER for one in asking if not any(_may_be(one, other) for other in open_calls)}
    return over | {one.id: ANSWERED for one in asking if _about(one) in seen}


def _about(one: Pending | OpenCall) -> tuple[str, str, str | None]:
    return (one.episode, one.alarm, one.person or one.device)


def _may_be(asked: Pending, is_open: OpenCall) -> bool:
    """Whether this open alarm is the one asked about: another may wear the device by now."""
    is_same = asked.episode == is_open.episode or _about(asked)[2] in {is_open.person, is_open.device}
    return asked.alarm == is_open.alarm and is_same


def _notice(asked: Pending) -> Notice:
    return Notice(
        cause=asked.id,
        contact=asked.contact,
        at=asked.at,
        why=asked.why if asked.alarm else TEST,
        urgency=Urgency(asked.priority.value) if asked.priority else Urgency.LOW,
        alarm=asked.alarm,
        person=asked.person or "",
        device=asked.device or "",
        episode=asked.episode,
        is_unknown=asked.is_unknown,
        value=_number(asked.value),
        limit=_number(asked.limit),
        unit=asked.unit if isinstance(asked.unit, str) else "",
    )


def _number(said: Json) -> float | None:
    is_number = isinstance(said, int | float) and not isinstance(said, bool)
    return float(said) if is_number else None  # type: ignore[arg-type]  # the line above says so


def _notified(settled: Settled) -> Notified:
    notice = settled.notice
    said: dict[str, Json] = {
        "cause": notice.cause,
        "outcome": "delivered" if settled.is_delivered else "failed",
        "attempts": settled.attempts,
        "overtaken_by": settled.overtaken_by,
        "channel": settled.channel,
        "reason": settled.reason,
        "alarm": notice.alarm,
        "episode": notice.episode,
        "person": notice.person,
    }
    return Notified(notice.contact, {key: value for key, value in said.items() if value != ""})
