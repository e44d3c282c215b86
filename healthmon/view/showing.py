"""This is the place for putting a screen together: who is looked at, when, and what stands where."""

from dataclasses import replace
from datetime import timedelta

from healthmon.events.plain_text import made_plain
from healthmon.events.vocabulary import HR
from healthmon.view import words
from healthmon.view.alarm_lines import AlarmLines, is_ringing
from healthmon.view.care import Question
from healthmon.view.fold import Fold
from healthmon.view.hushing import hush
from healthmon.view.person import Person
from healthmon.view.plots import Plots
from healthmon.view.present import Present
from healthmon.view.protection import Watched, protection
from healthmon.view.quiet import quiet_of
from healthmon.view.recording import Pulse, Read, RecordingWatch
from healthmon.view.screen import (
    NOTHING_ARRIVES,
    AdviceCard,
    AlarmLine,
    Connection,
    EventRow,
    PersonRow,
    Priority,
    Protection,
    Screen,
    Span,
    Tile,
)
from healthmon.view.telling import tell
from healthmon.view.tiles import RestingRate

FIRST_LOOK = Span(timedelta(hours=1))


class Showing:
    """Makes screens from a fold, and keeps what a reader chose: a person and a span. One thread."""

    def __init__(self, fold: Fold, watch: RecordingWatch) -> None:
        self.selected: str | None = None
        self.span = FIRST_LOOK
        self._fold = fold
        self._outgoing = fold.outgoing
        self._watch = watch
        self._lines = AlarmLines(fold.outgoing, fold.duty)
        self._plots = Plots()
        self._resting = RestingRate()

    def screen(
        self, pulse: Pulse | None, present: Present, *, columns: int, share_read: float | None
    ) -> Screen:
        """The screen of this moment. `share_read`: the log is still being read, and that much of it was."""
        fold, person = self._fold, self._looked_at()
        connection = self._connection(pulse, present, share_read)
        present = replace(present, is_recorded=connection.recording not in NOTHING_ARRIVES)
        end = self.span.end or present.now
        start = end - self.span.length
        rows = {row.id: row for row in self._rows(present)}
        alarms = self._alarms(present, share_read)
        row = rows.get(person.id) if person else None
        return Screen(
            now=present.now,
            connection=connection,
            protection=self._protection(connection, present, share_read),
            alarms=alarms,
            people=tuple(rows.values()),
            selected=person.id if person else None,
            heart_rate=row.heart_rate if row else None,
            oxygen=row.oxygen if row else None,
            tiles=self._tiles(person, present),
            trends=self._plots.trends(person, start, end, columns) if person else (),
            marks=fold.marks.between(person.id, start, end) if person else (),
            span=self.span,
            span_start=start,
            span_end=end,
            advice=self._advice(person, present),
            new_events=self._new_events(share_read),
            events_today=fold.rows_between(*present.today()),
            hush=hush(fold.answering.paused_until(present.now), self._outgoing, present),
            duty=fold.duty.duty(self._outgoing, present),
            quiet=quiet_of(person, fold.quiet, self._outgoing, present) if person else None,
            question=self._question(alarms, present, share_read),
            notices=self._notices(present),
        )

    def _looked_at(self) -> Person | None:
        """The person who was chosen, else the first there is."""
        people = self._fold.people
        chosen = people.get(self.selected) if self.selected else None
        return chosen or next(iter(people.values()), None)

    def _connection(self, pulse: Pulse | None, present: Present, share_read: float | None) -> Connection:
        fold = self._fold
        devices = fold.devices.connected(present.now, present.forgiven)
        if pulse is not None and fold.alarms.tells_of_log():
            pulse = replace(pulse, problem="")  # the alarm says it in words, without the path of a file
        made = self._watch.connection(pulse, Read(devices, fold.recorder_since, fold.offset), present)
        if share_read is None:
            return made
        return replace(made, text=words.numbers.joined(made.text, words.recorder.reading_log(share_read)))

    def _protection(self, connection: Connection, present: Present, share_read: float | None) -> Protection:
        if share_read is not None:
            reading = words.recorder.reading_log(share_read)
            return Protection(protected=False, text=reading, missing=(reading,))
        fold = self._fold
        return protection(Watched(connection, fold), present)

    def _rows(self, present: Present) -> tuple[PersonRow, ...]:
        alarms, coming = self._fold.alarms, self._fold.countdown.coming(present.now)
        people = self._fold.people.values()
        return tuple(person.row(alarms.priorities(person.id), coming, present) for person in people)

    def _alarms(self, present: Present, share_read: float | None) -> tuple[AlarmLine, ...]:
        """Nothing until the log was read to its end: what rings half-way may be long over."""
        fold = self._fold
        if share_read is not None or not fold.alarms.open():
            return ()
        standing = fold.answering.standing(present.now)
        return self._lines.lines(fold.alarms.open(), standing, fold.people, present)

    def _question(
        self, alarms: tuple[AlarmLine, ...], present: Present, share_read: float | None
    ) -> Question | None:
        """Never in the way of an alarm that rings."""
        if share_read is not None or any(map(is_ringing, alarms)):
            return None
        return self._fold.questions.question(self._fold.people, self._outgoing, present)

    def _tiles(self, person: Person | None, present: Present) -> tuple[Tile, ...]:
        if person is None:
            return ()
        resting = self._resting.tile(person.id, person.vitals[HR].ring, present)
        return (self._fold.coffee.tile(person.id, present), resting)

    def _advice(self, person: Person | None, present: Present) -> AdviceCard | None:
        if person is None:
            return None
        in_alarm = self._fold.alarms.priorities(person.id).worst is Priority.HIGH
        return self._fold.advice.card(person.id, person.name, present, in_alarm=in_alarm)

    def _new_events(self, share_read: float | None) -> tuple[EventRow, ...]:
        if share_read is not None:
            return ()
        rows = tuple(self._fold.rows)
        self._fold.rows.clear()
        return rows

    def _notices(self, present: Present) -> tuple[str, ...]:
        late = self._outgoing.overdue(present.real)
        acts = (made_plain(tell(event, self._fold.name_of).text, longest=120) for event in late)
        return tuple(words.rows.undelivered(act) for act in acts)
