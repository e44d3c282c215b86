"""This is the place for what may be asked of the recorder, as it is written into a job file.

A new kind of work: a question here, a file beside this one, a line in `start`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from healthmon.events import wire
from healthmon.imports.json_lines import TimeFrom


@dataclass(frozen=True, slots=True)
class ImportAsked:
    """Take a file of events in."""

    file: str
    epoch: datetime | None = None
    unit_seconds: float = 1.0
    zone: str = "UTC"
    time_from: str = TimeFrom.TIME.value
    kind: Literal["import"] = "import"


Asked: TypeAlias = ImportAsked

_KINDS: dict[str, type[Asked]] = {"import": ImportAsked}


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: str = "import"  # a question of before there were kinds


def read_asked(payload: bytes) -> Asked:
    """The question in a job file. Raises WireError, or ValueError for a kind that nobody here knows."""
    kind = wire.read(payload, _Kind).kind
    if kind not in _KINDS:
        raise ValueError(f"nobody here knows how to {kind[:64]!r}; there are {', '.join(_KINDS)}")
    return wire.read(payload, _KINDS[kind])
