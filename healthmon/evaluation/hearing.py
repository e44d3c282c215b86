"""This is the place for what rules say of a recording: the real ones, shown every reading in its turn."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np

from healthmon.evaluation.recording import Floats, Recording
from healthmon.events import Context, Entry, Json, Listener, Remark, Rule, Selective, Thing
from healthmon.events.vocabulary import USUAL_UNITS
from healthmon.rules import HeartRateSpike

START = datetime(2026, 1, 1, tzinfo=UTC)
PERSON = "someone"
_WATCH = Thing("WATCH", "watch-1")


class Heard(NamedTuple):
    """A remark on a recording: at which second, what, and how urgent (empty for marks)."""

    at: float
    verb: str
    name: str
    why: str
    priority: str


def entries(recording: Recording) -> list[Entry]:
    """Its readings as the recorder would number them, live and in time."""
    made: list[Entry] = []
    begins = recording.seconds[0]
    columns = [(Thing(kind), USUAL_UNITS[kind], values.tolist()) for kind, values in recording.values.items()]
    for row, second in enumerate(recording.seconds.tolist()):
        at = START + timedelta(seconds=second - begins)
        for thing, unit, values in columns:
            if values[row] == values[row]:  # NaN is not
                context: dict[str, Json] = {"value": values[row], "unit": unit, "person": PERSON}
                made.append(_said(at, (_WATCH, "MEASURES", thing), context, len(made)))
    return made


def heard(rules: Sequence[Rule], recording: Recording, said: Sequence[Entry]) -> list[Heard]:
    """What fresh `rules`, in their order, say of `said`, the `entries` of the recording."""
    begins = float(recording.seconds[0])
    listeners = {kind: list(_listeners(rules, kind)) for kind in recording.values}
    remarks: list[Remark] = []
    due: datetime | None = None
    for entry in said:
        while due is not None and due <= entry.time:
            _fire(rules, due, remarks)
            due = _earliest(rules)
        for number, listen in listeners[entry.object.type]:
            told = listen(entry)
            if told is None:
                continue
            for remark in told:
                _tell(rules, number, remark, remarks)
            due = _earliest(rules)
    return [_heard(one, begins) for one in remarks]


def spiking(rule: HeartRateSpike, recording: Recording, said: Sequence[Entry]) -> Floats:
    """The seconds at whose readings a spike was going on, by a fresh rule."""
    begins, found = float(recording.seconds[0]), []
    for entry in said:
        rule.observe(entry)
        if rule.is_going_on(PERSON):
            found.append(begins + (entry.time - START).total_seconds())
    return np.array(found, dtype=np.float64)


def _listeners(rules: Sequence[Rule], kind: str) -> Iterator[tuple[int, Listener]]:
    for number, rule in enumerate(rules):
        listen: Callable[[Entry], object] | None
        listen = rule.listener("MEASURES", kind) if isinstance(rule, Selective) else rule.observe
        if listen is not None:
            yield number, listen


def _fire(rules: Sequence[Rule], at: datetime, remarks: list[Remark]) -> None:
    for number, rule in enumerate(rules):
        if (due := rule.due()) is not None and due <= at:
            for remark in rule.fire(due):
                _tell(rules, number, remark, remarks)


def _tell(rules: Sequence[Rule], by: int, remark: Remark, remarks: list[Remark]) -> None:
    remarks.append(remark)
    context = remark.context if remark.person is None else {"person": remark.person, **remark.context}
    entry = _said(remark.at, (Thing("MONITOR"), remark.verb, remark.object), context, 0)
    for number in range(by + 1, len(rules)):
        for further in rules[number].observe(entry):
            _tell(rules, number, further, remarks)


def _earliest(rules: Sequence[Rule]) -> datetime | None:
    return min((due for rule in rules if (due := rule.due()) is not None), default=None)


def _said(at: datetime, sentence: tuple[Thing, str, Thing], context: Context, offset: int) -> Entry:
    by, verb, thing = sentence
    return Entry(
        id="", time=at, received=at, subject=by, verb=verb, object=thing, context=context, offset=offset
    )


def _heard(remark: Remark, begins: float) -> Heard:
    why, priority = remark.context.get("why"), remark.context.get("priority")
    return Heard(
        at=begins + (remark.at - START).total_seconds(),
        verb=remark.verb,
        name=remark.object.name,
        why=why if isinstance(why, str) else "",
        priority=priority if isinstance(priority, str) else "",
    )
