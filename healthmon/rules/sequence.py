"""This is the place for gaps in what a device said: it numbers its events, and some numbers never came.

Our own devices call their events `<device>:<boot>:<number>`, counted from 1 since they were switched on. An
acknowledgement proves that the broker has an event, not that it was logged: a missing number shows it.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from healthmon.events import Entry, Listener, Remark, StreamListener, Thing

# Our choices.
GRACE = timedelta(seconds=10)
"""How long a missing number may still come: three times what the broker needs to give something again."""
RUNS_KNOWN = 2_000
"""Boots of devices that are followed; the one that was silent longest is forgotten first."""
_DIGITS = 15
_HIGHEST = 10**_DIGITS - 1
GAPS_APART = 16
"""Gaps of one boot that are told apart while they wait; what comes too late to fill one is still logged."""


@dataclass(slots=True)
class _Run:
    """One boot of one device: the highest number so far, and what is missing below it since when.

    `awaited` is the id after it as devices write it, so that nearly always one comparison is enough.
    """

    name: str
    highest: int = 0
    awaited: str = ""
    missing: list[tuple[int, int]] = field(default_factory=list)  # first and last of each gap
    due: datetime | None = None

    def go_on(self, number: int) -> None:
        """This is the highest number now."""
        self.highest = number
        self.awaited = f"{self.name}:{number + 1}" if number < _HIGHEST else ""


class SequenceGaps:
    """Flags a gap once: GAP of <device>:<boot>, with its first and last number and how many are missing.

    What comes meanwhile fills it and is not told. The number first heard of a boot begins it: what was said
    before is not missed. Readings that come late count, imports and retained messages do not.
    """

    name = "sequence"

    def __init__(self) -> None:
        self._runs: OrderedDict[str, _Run] = OrderedDict()
        self._waiting: dict[str, _Run] = {}

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Follow one event's number."""
        return self._follow(entry) or ()

    def listener(self, verb: str, kind: str) -> Listener | None:  # noqa: ARG002 - the rules' common shape
        """Everything: whatever a device says has a number."""
        return self._follow

    def stream(self, entry: Entry) -> StreamListener:
        """Everything. Nearly always it is the number that was awaited of the boot heard before."""
        run = self._run_of(entry)

        def hear(entry: Entry, value: float) -> Iterable[Remark] | None:  # noqa: ARG001
            nonlocal run
            if run is not None and entry.id == run.awaited:
                run.go_on(run.highest + 1)
                return None
            said = self._follow(entry)
            run = self._run_of(entry)
            return said

        return hear

    def _run_of(self, entry: Entry) -> _Run | None:
        name, _, _ = entry.id.rpartition(":")
        return self._runs.get(name) if name.startswith(entry.subject.id) else None

    def _follow(self, entry: Entry) -> Iterable[Remark] | None:
        name, _, number = entry.id.rpartition(":")
        if not name.startswith(entry.subject.id) or not _is_number(number) or not entry.counts_now:
            return None
        run = self._runs.get(name)
        if run is None:
            self._begin(entry, name, int(number))
            return None
        if int(number) == run.highest + 1:  # nearly always
            run.go_on(run.highest + 1)
            return None
        self._irregular(name, run, int(number), entry.received)
        return ()

    def due(self) -> datetime | None:
        """When the oldest gap has waited long enough."""
        if not self._waiting:
            return None
        return min((run.due for run in self._waiting.values() if run.due is not None), default=None)

    def fire(self, at: datetime) -> Iterable[Remark]:
        """Tell the gaps that nothing has filled."""
        told = [(name, run) for name, run in self._waiting.items() if run.due is not None and run.due <= at]
        remarks = [_remark(name, run) for name, run in told]
        for name, run in told:
            run.missing, run.due = [], None
            del self._waiting[name]
        return remarks

    def forget(self, person: str) -> None:
        """Nothing: what is followed here are devices."""

    def _begin(self, entry: Entry, name: str, number: int) -> None:
        if not name.startswith(entry.subject.id + ":"):
            return  # somebody else's number
        run = self._runs[name] = _Run(name)
        run.go_on(number)
        if len(self._runs) > RUNS_KNOWN:
            oldest = next((one for one in self._runs if one not in self._waiting), None)
            if oldest is not None:
                self._runs.pop(oldest).awaited = ""  # a stream may still hold it

    def _irregular(self, name: str, run: _Run, number: int, received: datetime) -> None:
        self._runs.move_to_end(name)
        if number <= run.highest:
            run.missing = _without(run.missing, number)
            if not run.missing:
                run.due = None
                self._waiting.pop(name, None)
            return
        run.missing.append((run.highest + 1, number - 1))
        if len(run.missing) > GAPS_APART:
            (first, _), (_, last) = run.missing[-2:]
            run.missing[-2:] = [(first, last)]
        run.go_on(number)
        run.due = run.due or received + GRACE
        self._waiting[name] = run


def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) <= _DIGITS


def _without(gaps: list[tuple[int, int]], number: int) -> list[tuple[int, int]]:
    left: list[tuple[int, int]] = []
    for first, last in gaps:
        if first <= number <= last:
            left += [(low, high) for low, high in ((first, number - 1), (number + 1, last)) if low <= high]
        else:
            left.append((first, last))
    return left


def _remark(name: str, run: _Run) -> Remark:
    assert run.due is not None
    return Remark(
        by=SequenceGaps.name,
        verb="FLAGS",
        object=Thing("GAP", name),
        at=run.due,
        context={
            "first": run.missing[0][0],
            "last": run.missing[-1][1],
            "count": sum(last - first + 1 for first, last in run.missing),
        },
    )
