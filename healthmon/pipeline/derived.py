"""This is the place for proving what the monitor said: the log's inputs go through the logic once more.

Whatever the rules remarked must come again, byte for byte, id, time and place. A stretch that another version
made is replayed too, for the state it leaves, but not judged; nor is what follows a damaged place, until a
recorder started there and took the damage for what the log is.
"""

from dataclasses import dataclass

from healthmon.events import Entry, Json, wire
from healthmon.pipeline.logic import Logic, is_remark
from healthmon.pipeline.monitor import MONITOR

_MOST_STRETCHES = 1_000


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the log does not say what the logic says. None: nothing was to be said, or nothing is."""

    offset: int
    expected: Entry | None
    found: Entry | None


@dataclass(slots=True)
class Stretch:
    """What one version made, one run or several after each other."""

    version: str
    is_judged: bool
    first_offset: int
    entries: int = 0
    derived: int = 0
    different: int = 0


class Proof:
    """Follows a log from where its logic stands and compares. One thread; memory for the stretches only.

    `versions` is what this program writes into STARTS: stretches that say the same are judged. With None
    nothing is, because the logic does not know what came before the log begins.
    """

    def __init__(self, logic: Logic, versions: Json) -> None:
        self._logic = logic
        self._versions = versions
        self._version, self._is_ours = named(None), False
        self._first: Difference | None = None
        self._newest: list[tuple[Stretch, Difference]] = []  # of the newest entry that was no remark
        self._is_broken = False
        self.stretches: list[Stretch] = []

    def observe(self, entry: Entry) -> None:
        """The next entry of the log."""
        starts = entry.subject == MONITOR and entry.verb == "STARTS"
        changes = self._enter(entry, starts=starts)
        if changes and starts:
            # What a crash had cut off was written by who starts here, by its own rules: it judges nobody.
            self._newest.clear()
        elif not is_remark(entry):
            self._settle()
        difference = self._difference(entry)
        self._logic.learn([entry])
        stretch = self.stretches[-1]
        stretch.entries += 1
        stretch.derived += is_remark(entry)
        if difference is not None and not (changes and starts):
            self._newest.append((stretch, difference))

    def damaged(self) -> None:
        """Something of the log is lost here."""
        self._is_broken = True

    @property
    def first_difference(self) -> Difference | None:
        """The first one in what was judged."""
        self._settle()
        return self._first

    def _difference(self, entry: Entry) -> Difference | None:
        expected = next(iter(self._logic.foresee(entry)), None)
        if not is_remark(entry):
            return None if expected is None else Difference(entry.offset, expected, None)
        if expected is not None and wire.write(expected) == wire.write(entry):
            return None
        return Difference(entry.offset, expected, entry)

    def _enter(self, entry: Entry, *, starts: bool) -> bool:
        """Be in the stretch of this entry; whether that is another than before."""
        if starts:
            self._is_broken = False
            said = entry.context.get("versions")
            self._version, self._is_ours = named(said), said is not None and said == self._versions
        is_judged = self._is_ours and not self._is_broken
        last = self.stretches[-1] if self.stretches else None
        if last is not None and (last.version, last.is_judged) == (self._version, is_judged):
            return False
        if last is not None and len(self.stretches) >= _MOST_STRETCHES:
            self.stretches.pop()
        self.stretches.append(Stretch(self._version, is_judged, entry.offset))
        return True

    def _settle(self) -> None:
        for stretch, difference in self._newest:
            stretch.different += 1
            if self._first is None and stretch.is_judged:
                self._first = difference
        self._newest.clear()


def named(versions: Json) -> str:
    """A version as people read it."""
    if not isinstance(versions, dict) or not versions:
        return "a version that did not say which"
    return ", ".join(f"{name} {value}" for name, value in versions.items())
