"""This is the place for alarms as lines in a shell: the words of the window, and what to type to answer."""

import shlex
from collections.abc import Iterator
from datetime import datetime, timedelta

from healthmon.alarms import OpenCall
from healthmon.alarms.states import Answer
from healthmon.app.heartbeat import real_now
from healthmon.app.open_alarms import Now, Past, Ringing
from healthmon.app.unwatched import Unwatched, Why
from healthmon.events.not_recorded import NotRecorded
from healthmon.events.plain_text import made_plain
from healthmon.reports.episode import Episode
from healthmon.view import words
from healthmon.view.present import Present

_CURES = {
    Why.NO_RECORDER: "start it with healthmon, or healthmon record",
    Why.STANDS_STILL: "the recorder does not answer; healthmon stop, then healthmon record",
    Why.STARTING: "a recorder is starting",
}


class Lines:
    """One list, as it is at `now`; clock times without a date are today's."""

    def __init__(self, now: datetime, found: Now) -> None:
        self._present = Present(now=now, real=real_now())
        self._found = found

    def all(self, nobody: Unwatched | None, past: Past) -> Iterator[str]:
        """What matters most comes first."""
        if nobody is not None:
            yield self._unwatched(nobody)
        if not self._found.ringing:
            yield "nothing rings" if nobody is None else "nothing rang then"
        yield from map(self._ringing, self._found.ringing)
        yield from map(self._episode, past.episodes)
        yield from map(self._missed, past.not_recorded)

    def _unwatched(self, nobody: Unwatched) -> str:
        said = words.recorder.NOT_RECORDED
        if nobody.since is not None:
            said = words.recorder.not_recorded_since(self._present.told(nobody.since))
        return f"{words.recorder.NOT_RECORDING}  {said}, nobody is watched: {_CURES[nobody.why]}"

    def _ringing(self, one: Ringing) -> str:
        call = one.call
        whose = f" --person {shlex.quote(call.person)}" if call.person else ""
        since = f"alarm since {self._present.told(one.since)}" if one.since is not None else ""
        said = "  ".join(part for part in (one.name, one.text, since, self._answered(call)) if part)
        return f"{call.priority.value:<8}{made_plain(said)}; {_typed('ack', call.alarm + whose)}"

    def _answered(self, call: OpenCall) -> str:
        by = words.numbers.called(call.answered_by)
        left = call.until - self._present.now if call.until is not None else timedelta()
        match call.answer:
            case Answer.ACKNOWLEDGED:
                return words.answers.seen(by, "")
            case Answer.TAKEN:
                return words.answers.going(by, left)
            case Answer.SNOOZED:
                return words.answers.snoozed(left)
        return "nobody has answered"

    def _episode(self, one: Episode) -> str:
        over = f"until {self._clock(one.end)}" if one.end is not None else "open"
        name = self._found.names.get(one.person or "") or one.person or one.device or "-"
        alarms = ", ".join(dict.fromkeys(words.alarms.title(part.alarm) for part in one.parts))
        rated = one.rated.value if one.rated else "not judged"
        line = f"{self._clock(one.raised)} {over}  {name}  {alarms}  {rated}"
        return f"{made_plain(line)}; {_typed('rate', shlex.quote(one.id))} true"

    def _missed(self, one: NotRecorded) -> str:
        said = words.recorder.not_recorded(words.alarms.cause(one.reason))
        line = f"{self._clock(one.since)} until {self._clock(one.until)}  {said}"
        return f"{made_plain(line)}; {words.recorder.backlog(*one.backlog)}"

    def _clock(self, at: datetime) -> str:
        return f"{self._present.local(at):%Y-%m-%d %H:%M}"


def _typed(kind: str, what: str) -> str:
    return f"healthmon alarms {kind} {made_plain(what)}"
