"""This is the place for messages that were decided on and have not arrived: the log is their only queue."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from healthmon.alarms.calls.answer_times import MOST_PENDING
from healthmon.alarms.classes import Priority
from healthmon.events import Entry, Json, Remark
from healthmon.events.remark import Cause

# Reasons of NOTIFIES "failed" that are nobody's failure: somebody was there already, or it was over.
NOT_NEEDED: Final = frozenset({"answered", "over"})


@dataclass(frozen=True, slots=True)
class Pending:
    """One message to one contact. `id` is that of its ESCALATES or TESTS in the log; `at` when it was said.

    A test has no alarm, and `why` "weekly" or "asked". `value` is the alarm's, as it was told last.
    """

    id: str
    contact: str
    why: str
    at: datetime
    alarm: str = ""
    person: str | None = None
    device: str | None = None
    episode: str = ""
    priority: Priority | None = None
    step: int = 0
    is_floor: bool = False
    is_unknown: bool = False
    value: Json = None
    unit: Json = None
    limit: Json = None


class PendingMessages:
    """What was said and not yet NOTIFIED with a final outcome, oldest first. Bounded: the oldest goes."""

    def __init__(self) -> None:
        self._waiting: dict[str, Pending] = {}

    def add(self, message: Pending) -> None:
        """One more to send."""
        self._waiting[message.id] = message
        while len(self._waiting) > MOST_PENDING:
            del self._waiting[next(iter(self._waiting))]

    def id_of(self, message: Remark, cause: Cause) -> str:
        """The id that the log will give to this message: equal ones of this cause are still waiting."""
        return message.free_id_after(cause, self._waiting.__contains__)

    def settle(self, entry: Entry) -> Pending | None:
        """NOTIFIES: the message it was about, which is pending no more; None when it was not."""
        cause, outcome = entry.context.get("cause"), entry.context.get("outcome")
        if not isinstance(cause, str) or outcome not in {"delivered", "failed"}:
            return None
        return self._waiting.pop(cause, None)

    def is_tested(self, contact: str) -> bool:
        """Whether a test for this contact is on its way."""
        return any(one.contact == contact and not one.alarm for one in self._waiting.values())

    def all(self) -> tuple[Pending, ...]:
        """Every message, oldest first."""
        return tuple(self._waiting.values())

    def forget(self, person: str) -> None:
        """Nothing about this person is sent any more."""
        self._waiting = {key: one for key, one in self._waiting.items() if one.person != person}
