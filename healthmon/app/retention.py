"""This is the place for which sealed segments may leave the log: old, or in the disk's way, and proven.

Only the oldest can go, as far as a place where a checkpoint of the logic stands; and each only if the lake
was read again just now and holds every event of it. Deciding touches nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthmon.log import Sealed
from healthmon.settings import ArchiveSettings

LEAST_KEPT = timedelta(days=7)
"""What is younger never leaves for want of space. Our choice: a week is what the window's trends show."""

NOTHING = "no segment is to go"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is to leave: segments all older than `keep`, or until `keep_free` bytes are free.

    None asks for nothing of that kind.
    """

    keep: timedelta | None = None
    keep_free: int | None = None

    @classmethod
    def of(cls, settings: ArchiveSettings) -> "Rule":
        """What the settings ask for; 0 asks for nothing."""
        return cls(
            keep=timedelta(days=settings.keep_days) if settings.keep_days else None,
            keep_free=round(settings.keep_free_gib * (1 << 30)) or None,
        )

    @property
    def asks(self) -> bool:
        """Whether anything is to leave at all."""
        return self.keep is not None or self.keep_free is not None


@dataclass(frozen=True, slots=True)
class Plan:
    """What may go: every segment before the offset `before`, `frees` bytes on disk.

    `why_not` says why the next one stays although the rule asked for it, or why none goes.
    """

    before: int
    segments: tuple[str, ...]
    frees: int
    why_not: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision rests on. `unproven` says why a segment's archive cannot be trusted, or None."""

    now: datetime
    free: int
    unproven: Callable[[Sealed], str | None]


def planned(segments: Sequence[Sealed], rule: Rule, facts: Facts) -> Plan:
    """What may go now, of the sealed segments of a log in their order. Reads the lake: may take long."""
    going, why_not = asked_for(segments, rule, facts)
    for place, segment in enumerate(going):
        fault = facts.unproven(segment)
        if fault is not None:
            why_not = f"{segment.path.name} stays: {fault}"
            going = going[:place]
            break
    return Plan(
        before=going[-1].next_offset if going else _begin(segments),
        segments=tuple(segment.path.name for segment in going),
        frees=sum(map(on_disk, going)),
        why_not=why_not,
    )


def on_disk(segment: Sealed) -> int:
    """How many bytes a segment takes; 0 when it has just been exchanged."""
    try:
        return segment.path.stat().st_size
    except OSError:
        return 0


def asked_for(segments: Sequence[Sealed], rule: Rule, facts: Facts) -> tuple[list[Sealed], str]:
    """The oldest segments that the rule wants gone, and why the next one stays though space is wanted."""
    asked: list[Sealed] = []
    free = facts.free
    for segment in segments:
        age = _age(segment, facts.now)
        is_old = rule.keep is not None and age > rule.keep
        is_in_the_way = rule.keep_free is not None and free < rule.keep_free
        if not is_old and is_in_the_way and age < LEAST_KEPT:
            return asked, f"{segment.path.name} stays: it is younger than {LEAST_KEPT.days} days"
        if not is_old and not is_in_the_way:
            return asked, "" if asked else NOTHING
        asked.append(segment)
        free += on_disk(segment)
    return asked, "" if asked else NOTHING


def _age(segment: Sealed, now: datetime) -> timedelta:
    return timedelta.max if segment.last_received is None else now - segment.last_received


def _begin(segments: Sequence[Sealed]) -> int:
    return segments[0].first_offset if segments else 0
