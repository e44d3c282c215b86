"""This is the place for what is on its way to people: tried, tried again, settled.

Tried at once, then after 5, 15, 30 and 60 s, then every minute, until it arrived or an hour is over: all real
time, and our choice. Messages to one contact do not wait for each other, nor contacts for each other. It has
arrived when one of the contact's addresses took it; the others are tried twice more before that is told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Protocol

from healthmon.notify.errors import NotifyError, NotifyReason
from healthmon.notify.letter import Letter, Outcome, Try, Urgency
from healthmon.notify.notice import Notice

PAUSES: Final = (5.0, 15.0, 30.0, 60.0)  # seconds; the last one again and again
GIVES_UP: Final = 3600.0  # seconds after the first try
# A server that says "no" (a wrong address, a wrong password) has said it so often before it is believed: one
# that is being restarted says no as well. Five and fifteen seconds apart, so it is final after about twenty.
NOES: Final = 3
ALL_ADDRESSES: Final = 3  # tries until those that are away do not keep back that one took it; our choice
AT_ONCE: Final = 4  # processes of 53 MB; our choice, for a machine of 1 GB
REMEMBERED: Final = 1_000  # settled messages: nothing is sent twice because it is still asked for

GIVEN_UP: Final = "given-up"
# Why a message is not sent any more: somebody is there, or there is nothing left to come for.
ANSWERED: Final = "answered"
OVER: Final = "over"
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Flight(Protocol):
    """One try under way."""

    def poll(self) -> tuple[Try, ...] | None:
        """What became of it on each address; None while it is on its way."""

    def end(self) -> None:
        """Stop it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What finally became of a message: `channel` took it, or nobody did and `reason` says why.

    One that was overtaken shares the fate of the newer message about the same, which told more.
    """

    notice: Notice
    is_delivered: bool
    attempts: int
    channel: str = ""
    reason: str = ""
    overtaken_by: str = ""


@dataclass(slots=True)
class _Errand:
    """One message until it is settled."""

    notice: Notice
    number: int
    next_at: float
    first_at: float
    attempts: int = 0
    noes: int = 0
    reason: str = ""
    channel: str = ""
    letter: Letter | None = None
    took: set[str] = field(default_factory=set)  # addresses
    flight: Flight | None = None
    fate: Settled | None = None  # of the message that overtook it


class Courier:
    """Carries what is pending. One thread: the recorder's, in every turn. It never blocks.

    `write` makes the letter, or raises NotifyError when that contact cannot be reached at all just now;
    `launch` starts a try. Nothing here is on disk: what is pending stands in the log, and after a crash is
    begun anew, so a message may come twice and is never forgotten.
    """

    def __init__(
        self,
        write: Callable[[Notice], Letter],
        launch: Callable[[Letter], Flight],
        now: Callable[[], float],
    ) -> None:
        self._write = write
        self._launch = launch
        self._now = now
        self._errands: dict[str, _Errand] = {}
        self._settled: dict[str, None] = {}
        self._number = 0

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way."""
        return not self._errands

    def look(self, pending: Sequence[Notice], *, idle: Mapping[str, str] = _NONE) -> list[Settled]:
        """Start what is due, hear what came back. `pending`: what is still to be told, oldest first.

        What is not pending any more is not tried again. Of several about the same only the newest is tried.
        `idle`: causes of those that would not be true any more, each with its reason.
        """
        now = self._now()
        for notice in pending:
            if notice.cause not in self._errands and notice.cause not in self._settled:
                self._errands[notice.cause] = self._begun(notice, now)
        errands = list(self._errands.values())
        done = [(errand, one) for errand in errands if (one := self._landed(errand, now))]
        self._drop({notice.cause for notice in pending})
        newest = {notice.about: notice.cause for notice in pending}
        done += self._too_old(now, newest) + self._idle(idle)
        for errand in self._due(now, newest):
            refused = self._started(errand, now)
            done += [(errand, refused)] if refused is not None else []
        overtaken = [older for errand, fate in done for older in self._overtaken(errand, fate)]
        return [settled for _, settled in done] + overtaken

    def stop(self) -> None:
        """End every try; the next start begins them anew."""
        for errand in self._errands.values():
            if errand.flight is not None:
                errand.flight.end()
        self._errands.clear()

    def _begun(self, notice: Notice, now: float) -> _Errand:
        """A new message. How often the other side has just said no to an older one counts."""
        self._number += 1
        errand = _Errand(notice, self._number, next_at=now, first_at=now)
        for older in self._errands.values():
            if older.notice.about == notice.about:
                errand.noes, errand.reason = older.noes, older.reason
        return errand

    def _too_old(self, now: float, newest: dict[tuple[str, ...], str]) -> list[tuple[_Errand, Settled]]:
        """Messages that wait behind newer ones, which do not arrive either."""
        waiting = [one for one in self._errands.values() if newest.get(one.notice.about) != one.notice.cause]
        old = [one for one in waiting if one.flight is None and now - one.first_at >= GIVES_UP]
        return [(one, self._settle(one, reason=f"{GIVEN_UP}:{one.reason}")) for one in old]

    def _idle(self, idle: Mapping[str, str]) -> list[tuple[_Errand, Settled]]:
        """Messages that ask for somebody in vain. What is under way lands first."""
        here = [one for one in self._errands.values() if one.flight is None and one.notice.cause in idle]
        return [(one, self._settle(one, reason=idle[one.notice.cause])) for one in here]

    def _landed(self, errand: _Errand, now: float) -> Settled | None:
        tries = errand.flight.poll() if errand.flight is not None else None
        if tries is None:
            return None
        errand.flight = None
        for address, one in zip(errand.letter.reach if errand.letter else (), tries, strict=False):
            if one.outcome is Outcome.DELIVERED:
                errand.took.add(address)
                errand.channel = errand.channel or one.channel
        errand.reason = next((one.reason for one in tries if one.reason), "")
        says_no = not any(one.outcome is Outcome.AWAY for one in tries)
        errand.noes = errand.noes + 1 if says_no else 0
        return self._again_or_never(errand, now)

    def _again_or_never(self, errand: _Errand, now: float) -> Settled | None:
        if errand.fate is not None or (errand.took and (errand.noes or errand.attempts >= ALL_ADDRESSES)):
            return self._settle(errand)
        if errand.noes >= NOES:
            return self._settle(errand, reason=errand.reason)
        if now - errand.first_at >= GIVES_UP:
            return self._settle(errand, reason=f"{GIVEN_UP}:{errand.reason}")
        errand.next_at = now + PAUSES[min(errand.attempts, len(PAUSES)) - 1]
        return None

    def _drop(self, wanted: set[str]) -> None:
        """Forget what is not to be told any more. What is under way lands first."""
        for cause, errand in list(self._errands.items()):
            if cause not in wanted and errand.flight is None:
                del self._errands[cause]

    def _overtaken(self, newer: _Errand, fate: Settled) -> list[Settled]:
        """The older messages about the same. One that is under way may still arrive by itself."""
        about = newer.notice.about
        errands = self._errands.values()
        older = [one for one in errands if one.number < newer.number and one.notice.about == about]
        for errand in older:
            errand.fate = fate
        return [self._settle(errand) for errand in older if errand.flight is None]

    def _due(self, now: float, newest: dict[tuple[str, ...], str]) -> list[_Errand]:
        """Which to start: the most urgent first, what was never tried before what was."""
        waiting = [one for one in self._errands.values() if one.flight is None]
        room = AT_ONCE - (len(self._errands) - len(waiting))
        due = [one for one in waiting if one.next_at <= now and newest[one.notice.about] == one.notice.cause]
        due.sort(key=lambda one: (one.attempts > 0, one.notice.urgency is not Urgency.HIGH, one.next_at))
        return due[: max(0, room)]

    def _started(self, errand: _Errand, now: float) -> Settled | None:
        errand.attempts += 1
        try:
            whole = self._write(errand.notice)
            errand.letter = replace(whole, reach=tuple(one for one in whole.reach if one not in errand.took))
            errand.flight = self._launch(errand.letter)
        except NotifyError as error:
            errand.noes = errand.noes + 1 if error.reason in _FINAL else 0
            errand.reason = error.reason.value
            return self._again_or_never(errand, now)
        return None

    def _settle(self, errand: _Errand, *, reason: str = "") -> Settled:
        del self._errands[errand.notice.cause]
        self._settled[errand.notice.cause] = None
        if len(self._settled) > REMEMBERED:
            del self._settled[next(iter(self._settled))]
        if errand.took or errand.fate is None:
            return Settled(errand.notice, bool(errand.took), errand.attempts, errand.channel, reason)
        fate = errand.fate
        return replace(fate, notice=errand.notice, attempts=errand.attempts, overtaken_by=fate.notice.cause)


_FINAL: Final = frozenset({NotifyReason.NO_SUCH_CONTACT})
