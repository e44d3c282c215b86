"""This is the place for damage: what it is, where it is, and what is not damage but a torn tail."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from healthmon.log.record import is_whole
from healthmon.log.segment import all_lines


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that was written whole and is not any more. `line` counts from 1, the header being the first.

    `line` is 0 when the damage is not in a line, such as a segment that is missing.
    """

    segment: str
    line: int
    detail: str

    def __str__(self) -> str:
        where = f"{self.segment} line {self.line}" if self.line else self.segment
        return f"{where}: {self.detail}"


OnDamage = Callable[[Damage], None]


def damage_at(segment: Path, position: int, detail: str) -> Damage:
    """Damage in the line that begins at `position`. Reads the segment up to there, to count its lines."""
    line = 1 + sum(1 for begin, _ in all_lines(segment) if begin < position)
    return Damage(segment.name, line, detail)


def nothing_whole_from(segment: Path, position: int) -> bool:
    """Whether no line from `position` on is whole.

    At the end of the newest segment that is a torn tail: what a crash left of a write that nobody was
    promised. A reader stops before it, and the next writer cuts it.
    """
    return not any(is_whole(line) for _, line in all_lines(segment, position))
