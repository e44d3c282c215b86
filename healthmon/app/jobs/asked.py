"""This is the place for what may be asked of the recorder, as it is written into a job file.

A new kind of work: a question here, a file beside this one, a case in `start`.
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


@dataclass(frozen=True, slots=True)
class RefeedAsked:
    """Put refused messages through the parser of today: those of this reason, topic and age, or all."""

    reason: str | None = None
    topic: str | None = None
    since: datetime | None = None
    dry_run: bool = False
    kind: Literal["refeed"] = "refeed"


@dataclass(frozen=True, slots=True)
class PruneAsked:
    """Take everything before this offset out of the log: where a segment begins, and the lake was proven."""

    before: int
    kind: Literal["prune"] = "prune"


@dataclass(frozen=True, slots=True)
class EraseAsked:
    """Take everything about this person out of the log. The question names them: its asker takes it away."""

    person: str
    kind: Literal["erase"] = "erase"


Asked: TypeAlias = ImportAsked | RefeedAsked | PruneAsked | EraseAsked

_KINDS: dict[str, type[ImportAsked] | type[RefeedAsked] | type[PruneAsked] | type[EraseAsked]] = {
    "import": ImportAsked,
    "refeed": RefeedAsked,
    "prune": PruneAsked,
    "erase": EraseAsked,
}


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: str = "import"  # a question of before there were kinds


def read_asked(payload: bytes) -> Asked:
    """The question in a job file. Raises WireError, or ValueError for a kind that nobody here knows."""
    kind = wire.read(payload, _Kind).kind
    if kind not in _KINDS:
        raise ValueError(f"nobody here knows how to {kind[:64]!r}; there are {', '.join(_KINDS)}")
    return wire.read(payload, _KINDS[kind])
