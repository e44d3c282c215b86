"""This is the place for what follows from what: events in, entries out, in an order that replay repeats.

It depends on nothing but its inputs and the receive times they were stamped with. So the same inputs give
the same entries, byte for byte: live, after a restart, or a year later.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from healthmon.events import Delivery, Entry, Event, Json, Rejected, Remark, Rule, Thing
from healthmon.events.plain_text import made_plain
from healthmon.events.remark import Cause
from healthmon.pipeline.errors import PipelineError, PipelineReason
from healthmon.pipeline.lateness import Punctuality
from healthmon.pipeline.memory import LastUnnamed, RecentIds
from healthmon.pipeline.monitor import MONITOR, monitor_says
from healthmon.pipeline.people import Assignments
from healthmon.pipeline.routes import Routes
from healthmon.pipeline.streams import Streams

_IMPORT = Delivery.IMPORT.value  # reading a member off an enum class is slow; asked for each entry
REMARKS_REMEMBERED = 20_000


class Logic:
    """Deduplicates, names whom an event is about, runs the rules in their order, numbers the entries.

    One thread: the recorder's. Never blocks, reads no clock. A timer due at D fires before the first input
    stamped at or after D, or at a `tick` at or after D, and is stamped D either way: ticks leave no trace.
    Nothing here is durable; after a crash `recall` rebuilds it from the log, or what a checkpoint kept of it
    (`healthmon.preserve`) learns the entries after that: which of the two, no remark can tell.
    """

    def __init__(self, rules: Sequence[Rule], *, next_offset: int = 0, remembered_ids: int = 200_000) -> None:
        self._rules = tuple(rules)
        self._routes, self._streams = Routes(self._rules), Streams(self._rules)
        self._due = self._earliest()
        self._next = next_offset
        self._stamp: datetime | None = None
        self._ids = RecentIds(remembered_ids)
        self._remarked_ids = RecentIds(REMARKS_REMEMBERED)
        self._unnamed = LastUnnamed()
        self._punctuality = Punctuality()
        self._assignments = Assignments()
        self._owed: dict[str, Entry] = {}  # remarks that the entries learnt so far lead to and did not hold

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name not in {"_routes", "_streams"}}

    def __setstate__(self, state: dict[str, object]) -> None:
        vars(self).update(state)
        self._routes, self._streams = Routes(self._rules), Streams(self._rules)

    @property
    def next_offset(self) -> int:
        """The offset the next entry will get."""
        return self._next

    @property
    def last_stamp(self) -> datetime | None:
        """The newest receive time given to an entry. Nothing may be stamped before it."""
        return self._stamp

    def take(self, event: Event, received: datetime, *, again: bool = False) -> list[Entry]:
        """What an event from the wire, a file or a person comes to: nothing if it was said before.

        `again`: the broker may have given it to an earlier recorder. One without an id is then compared with
        what the log ended with.
        """
        made = self.tick(received)
        if self._was_said(event, again=again):
            return made
        known = self._assignments.about(self._punctuality.judge(event, received))
        self._assignments.observe(known)
        return made + self._placed(known, received)

    def due(self) -> datetime | None:
        """When the next timer is due, or None."""
        return self._due

    def _was_said(self, event: Event, *, again: bool) -> bool:
        if event.id:
            known = _key(event) in self._ids
            if not (known and again):
                self._unnamed.forget()
            return known
        if again:
            return self._unnamed.recognise(event)
        if event.counts_now:
            self._unnamed.forget()
        return False

    def refuse(self, rejected: Rejected, received: datetime) -> list[Entry]:
        """The entries that a refused message comes to: REJECTS, with the reason and a digest of its bytes."""
        made = self.tick(received)
        payload = rejected.message.payload
        context: dict[str, Json] = {
            "reason": rejected.reason.value,
            "detail": made_plain(rejected.detail),
            "topic": made_plain(rejected.message.topic),
            "bytes": len(payload),
            "sha256": hashlib.sha256(payload).hexdigest(),
        }
        event = monitor_says("REJECTS", Thing("MESSAGE"), received, context)
        return made + self._placed(event, received)

    def tick(self, now: datetime) -> list[Entry]:
        """Fire every timer due at or before `now`, earliest first."""
        made: list[Entry] = []
        if self._due is None or self._due > now:
            return made
        while (alarm := self._first_due(now)) is not None:
            due, rule = alarm
            for remark in rule.fire(due):
                made += self._remarked(remark, cause=remark.at, received=due, after=rule)
            if rule.due() == due:
                raise PipelineError(
                    PipelineReason.STUCK_TIMER, f"rule {rule.name} fired and is still due; switch it off"
                )
        self._due = self._earliest()
        return made

    def start(self, event: Event, received: datetime) -> list[Entry]:
        """Place STARTS, or REPORTS GAP after the machine slept.

        Timers that fell due while nobody recorded do not fire: rules see the gap instead.
        """
        return self._placed(event, received)

    def recall(self, entries: Iterable[Entry], *, next_offset: int = 0) -> list[Entry]:
        """Rebuild everything from the log, from its first entry, or from where it was kept, to its last.

        `next_offset` is the log's own: beyond the last entry where damaged lines keep their offsets.

        Comes to what the last input should have led to and a crash cut off: entries to write before anything
        else. Otherwise to nothing.
        """
        self.learn(entries)
        self._next = max(self._next, next_offset)
        owed, self._owed = self._owed, {}
        if self._stamp is None:
            return []
        return [self._entry(event, self._stamp) for event in owed.values()]

    def learn(self, entries: Iterable[Entry]) -> None:
        """Learn from some entries of the log, the next ones in their order: a part of `recall`."""
        for entry in entries:
            if entry.subject.type == "MONITOR" and is_remark(entry):
                self.foresee(entry)
                self._owed.pop(entry.id, None)
            else:
                self._relearn(entry)
            self._next = entry.offset + 1
            self._stamp = entry.received

    def foresee(self, entry: Entry) -> list[Entry]:
        """The remarks that have to stand in the log before `entry`, or where it stands if it is one of them.

        What earlier entries led to, else what timers say that are due by then. It is to be learnt next.
        """
        self._next = entry.offset
        # Timers come after all remarks of an entry: not in between, where they would be numbered wrongly.
        if not self._owed and not _is_start(entry):
            self._owed = _by_id(self.tick(entry.received))
        return list(self._owed.values())

    def rule(self, name: str) -> Rule | None:
        """The live rule of this name, to be asked between two entries; None when there is none."""
        return next((rule for rule in self._rules if rule.name == name), None)

    def devices_of(self, person: str) -> list[str]:
        """The devices that are assigned to this person now."""
        return self._assignments.devices_of(person)

    def forget(self, person: str) -> None:
        """This person was erased from the log: go on as if everything about them had never been learnt.

        What is remembered of others stays, and so does what will be said of them.
        """
        name = re.escape(person.replace(" ", "."))
        remark = rf"MONITOR  m:[^:]*:[^:]*:.*:{name}:(\d+(~\d+)?|@.*)"
        said = f"PERSON {re.escape(person)} .*"
        theirs = re.compile(f"{remark}|{said}", re.DOTALL)
        for ids in (self._ids, self._remarked_ids):
            ids.drop(lambda key: theirs.fullmatch(key) is not None)
        self._unnamed.forget()
        self._owed = {key: entry for key, entry in self._owed.items() if entry.person != person}
        self._assignments.forget(person)
        for rule in self._rules:
            rule.forget(person)
        self._streams.clear()
        self._due = self._earliest()

    def _relearn(self, entry: Entry) -> None:
        received = entry.received
        if self._due is not None and self._due <= received and not _is_start(entry):
            self._next = entry.offset
            self.tick(received)
        self._next = entry.offset + 1
        self._remember(entry)
        if self._unnamed.said or entry.id.startswith("r"):
            self._unnamed.add(entry)
        self._punctuality.recall(entry)
        if entry.verb == "ASSIGNS":
            self._assignments.observe(entry)
        made = self._judged(entry)
        self._owed = _by_id(made) if made else {}

    def _placed(self, event: Event, received: datetime) -> list[Entry]:
        entry = self._entry(event if event.id else event.called(f"r{self._next}"), received)
        return [entry, *self._judged(entry)]

    def _judged(self, entry: Entry) -> list[Entry]:
        made: list[Entry] = []
        stream = self._streams.of(entry)
        if stream is not None:
            for rule, hear in stream.route:
                if (said := hear(entry, stream.value)) is not None:
                    made += self._told(said, entry, by=rule)
            return made
        for rule, listen in self._routes[entry.verb, entry.object.type]:
            if (said := listen(entry)) is not None:
                made += self._told(said, entry, by=rule)
        return made

    def _told(self, said: Iterable[Remark], entry: Entry, *, by: Rule) -> list[Entry]:
        """What a rule says of an entry, in its place. What it waits for may be something else now."""
        made: list[Entry] = []
        for remark in said:
            made += self._remarked(remark, cause=entry.offset, received=entry.received, after=by)
        self._due = self._earliest()
        return made

    def _remarked(self, remark: Remark, *, cause: Cause, received: datetime, after: Rule) -> list[Entry]:
        entry = self._entry(_sentence(remark, remark.free_id_after(cause, self._is_remarked)), received)
        made = [entry]
        for rule in self._rules[self._rules.index(after) + 1 :]:
            for further in rule.observe(entry):
                made += self._remarked(further, cause=entry.offset, received=received, after=rule)
        return made

    def _is_remarked(self, name: str) -> bool:
        return f"MONITOR  {name}" in self._remarked_ids  # its `_key`

    def _entry(self, event: Event, received: datetime) -> Entry:
        self._stamp = max(received, self._stamp or received)
        entry = Entry.of(event, offset=self._next, received=self._stamp)
        self._next += 1
        self._remember(entry)
        return entry

    def _remember(self, event: Event) -> None:
        # Remarks have their own memory, imports know their own: neither crowds out what devices said.
        subject = event.subject
        if subject.type == "MONITOR" and subject == MONITOR:
            self._remarked_ids.add(_key(event))
        elif event.context.get("delivery") != _IMPORT:
            self._ids.add(f"{subject.type} {subject.id} {event.id}")  # its `_key`

    def _earliest(self) -> datetime | None:
        return min((due for rule in self._rules if (due := rule.due()) is not None), default=None)

    def _first_due(self, now: datetime) -> tuple[datetime, Rule] | None:
        waiting = ((due, rule) for rule in self._rules if (due := rule.due()) is not None and due <= now)
        return min(waiting, key=lambda one: one[0], default=None)


def _sentence(remark: Remark, name: str) -> Event:
    return Event(
        id=name,
        time=remark.at,
        subject=MONITOR,
        verb=remark.verb,
        object=remark.object,
        context=remark.context if remark.person is None else {"person": remark.person, **remark.context},
    )


def _key(event: Event) -> str:
    # With its subject: no device may silence another, or the monitor, by using up its ids.
    return f"{event.subject.type} {event.subject.id} {event.id}"


def _by_id(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {entry.id: entry for entry in entries}


def is_remark(entry: Entry) -> bool:
    """Whether an entry follows from others: it is made again by the rules, not learnt from."""
    return entry.subject == MONITOR and entry.id.startswith("m:")


def _is_start(entry: Entry) -> bool:
    """Whether nobody recorded before it: it was placed with `start`."""
    is_ours = entry.subject == MONITOR
    return is_ours and (entry.verb == "STARTS" or (entry.verb == "REPORTS" and entry.object.type == "GAP"))
