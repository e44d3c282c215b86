"""This is the place for the entries of one sealed segment, as the log tells them now."""

from collections.abc import Iterator
from pathlib import Path

from healthmon import log
from healthmon.events import Entry
from healthmon.log import Sealed


def entries_in(data: Path, segment: Sealed) -> Iterator[Entry]:
    """Every entry of a segment in its order; those that were erased are not there. Raises LogError."""
    if segment.next_offset == segment.first_offset:
        return
    for entry in log.read(data, segment.first_offset):
        if entry.offset >= segment.next_offset:
            return
        yield entry
