"""This is the place for how much a log may write where, and for how its disk is."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from healthmon.log.chain import SEGMENT_BYTES
from healthmon.log.overflow import OVERFLOW_BYTES


class LogState(StrEnum):
    """How the log's disk is. Stored in the log: never change a word."""

    WELL = "well"
    RESERVE = "reserve"  # the reserve was given up: the disk is nearly full
    OVERFLOW = "overflow"  # the disk cannot be written: what comes survives a crash, not a power cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much may be written where. No `overflow` folder: then a disk that fails refuses.

    `overflow` should be on another medium than the log, such as the per-user runtime folder.
    """

    segment_bytes: int = SEGMENT_BYTES
    overflow: Path | None = None
    overflow_bytes: int = OVERFLOW_BYTES
    reserve_bytes: int = 0
