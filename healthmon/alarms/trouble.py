"""This is the place for one thing that is wrong with a machine: raised, told again when it is worse, over.

The alarms about the monitor itself and those about devices say the same of it, in the same context:

    technical           true
    device              which device; absent for the monitor itself. The person who wears it is its person
    episode, since      `<ALARM>:<device or ->:<since>`; since when it has been wrong (RFC 3339)
    priority, latched   nobody need clear it: it is over when it is well, so `latched` is false
    why                 of RAISES: "held" (a new one), "lasting" (worse than before: asks anew) or "again"
                        (told again, or back within five minutes, DEVICE_SILENT within the hour: the same
                        episode, asks nobody anew)
    acknowledged_by     of RAISES: who had answered this episode, if anybody
    outcome             of CLEARS about a device: why it is over
"""

from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.classes import Priority
from healthmon.alarms.episode import JOINS_WITHIN
from healthmon.events import Context, Json, Remark, Thing

HELD: Final = "held"
LASTING: Final = "lasting"
AGAIN: Final = "again"


class Trouble:
    """One such thing as it is now. `since` is None while all is well. It knows no timers and no reasons.

    `by` becomes part of the ids of what is said, so it names the device: two may fail at once. What begins
    within `joins_within` of its end is the same again.
    """

    __slots__ = (
        "_episode",
        "_joins_within",
        "_over_at",
        "_told",
        "alarm",
        "answered_by",
        "by",
        "device",
        "is_raised",
        "person",
        "priority",
        "raised_at",
        "since",
    )

    def __init__(
        self, alarm: str, by: str, device: str = "", *, joins_within: timedelta = JOINS_WITHIN
    ) -> None:
        self.alarm = alarm
        self.by = by
        self.device = device
        self._joins_within = joins_within
        self.person: str | None = None
        self.priority = Priority.LOW
        self.is_raised = False
        self.since: datetime | None = None
        self.raised_at: datetime | None = None
        self.answered_by = ""
        self._episode = ""
        self._over_at: datetime | None = None
        self._told: dict[str, Json] = {}

    @property
    def episode(self) -> str:
        """The name of this stretch of trouble; empty while there is none."""
        return self._episode

    @property
    def is_back(self) -> bool:
        """Whether it was over a while ago, and is there again."""
        return self.is_raised and self._over_at is not None

    def begin(self, since: datetime) -> None:
        """Something is wrong since then. Nobody need be told yet; said again it changes nothing."""
        if self.since is not None:
            return
        joins = self._over_at is not None and since - self._over_at <= self._joins_within
        self.since = since
        if not joins:
            self._episode = f"{self.alarm}:{self.device or '-'}:{since.isoformat()}"
            self.answered_by, self._over_at = "", None

    def rise(self, at: datetime, priority: Priority, told: Context, *, is_worse: bool = False) -> Remark:
        """Tell it, or tell it anew. What is worse than before asks anew whoever had answered."""
        if is_worse:
            self.answered_by = ""
        why = LASTING if is_worse else AGAIN if self.is_raised or self._over_at is not None else HELD
        self.is_raised, self.raised_at, self.priority, self._told = True, at, priority, dict(told)
        answered: dict[str, Json] = {"acknowledged_by": self.answered_by} if self.answered_by else {}
        return self._remark("RAISES", at, {"why": why, **answered})

    def over(self, at: datetime, outcome: str = "") -> Remark | None:
        """It is well again, or does not matter any more. What was never told ends without a word."""
        told = None
        if self.is_raised:
            told = self._remark("CLEARS", at, {"outcome": outcome} if outcome else {})
            self._over_at = at
        self.is_raised, self.since, self.raised_at, self._told = False, None, None, {}
        return told

    def part(self) -> None:
        """What comes next concerns somebody else: it is new, however soon it comes."""
        self._over_at = None

    def is_meant(self, episode: Json, person: str | None) -> bool:
        """Whether a carer who names this episode, or nothing but a person, means this one."""
        if isinstance(episode, str):
            return bool(episode) and episode == self._episode
        return self.since is not None and self.person == person

    def _remark(self, verb: str, at: datetime, more: Context) -> Remark:
        context: dict[str, Json] = {
            "technical": True,
            "priority": self.priority.value,
            "episode": self._episode,
            "since": self.since.isoformat() if self.since is not None else None,
            "latched": False,
        }
        if self.device:
            context["device"] = self.device
        context |= {**self._told, **more}
        return Remark(self.by, verb, Thing("ALARM", self.alarm), at, self.person, context)
