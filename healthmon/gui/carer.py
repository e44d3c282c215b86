"""This is the place for what a carer says: every event the window speaks is made here, and only here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import TypeAlias

from healthmon.clock import Clock
from healthmon.events import Event, Json, Thing
from healthmon.view.care import Question
from healthmon.view.screen import AlarmLine


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an event that was said: kept in the outbox and on its way, or not, and why.

    `problem` is one sentence with the cure; empty means that the event will be sent, now or after a restart.
    """

    event: str  # its id
    problem: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the event is safe in the outbox."""
        return not self.problem


# Given by app. Called from the window's thread: writes the event to the outbox and comes back at once.
Say: TypeAlias = Callable[[Event], Receipt]


class Voice:
    """Makes the events of one carer at one window.

    Ids are `carer:session:n`: the session is new for every window, so that no two events share an id, and
    a re-sent event keeps its own.
    """

    def __init__(self, carer: str, session: str, clock: Clock) -> None:
        self._who = Thing("CAREGIVER", carer)
        self._session = session
        self._clock = clock
        self._numbers = count(1)

    def acknowledges(self, alarm: AlarmLine, note: str = "") -> Event:
        """`CAREGIVER anna ACKNOWLEDGES ALARM SPO2_CRIT`, naming the episode and the person."""
        return self._on("ACKNOWLEDGES", alarm, {"note": note} if note else {})

    def takes(self, alarm: AlarmLine) -> Event:
        """`CAREGIVER anna TAKES ALARM SPO2_CRIT`: she is going there."""
        return self._on("TAKES", alarm, {})

    def snoozes(self, alarm: AlarmLine, length: timedelta) -> Event:
        """`CAREGIVER anna SNOOZES ALARM SPO2_LOW 15 min`."""
        return self._on("SNOOZES", alarm, _minutes(length))

    def wakes(self, alarm: AlarmLine) -> Event:
        """`CAREGIVER anna SNOOZES ALARM SPO2_LOW 0 min`: a snooze of nothing ends the one that runs."""
        return self._on("SNOOZES", alarm, _minutes(timedelta()))

    def pauses(self, length: timedelta) -> Event:
        """`CAREGIVER anna PAUSES SOUND 2 min`; a length of nothing ends the pause."""
        return self._event("PAUSES", Thing("SOUND"), _minutes(length))

    def judges(self, question: Question, value: str) -> Event:
        """`CAREGIVER anna RATES EPISODE E:maria:...`: true, false or unsure."""
        return self._event(
            "RATES", Thing("EPISODE", question.episode), {"person": question.person, "value": value}
        )

    def hands_over(self, contact: str) -> Event:
        """`CAREGIVER anna HANDS_OVER DUTY` to this contact."""
        return self._event("HANDS_OVER", Thing("DUTY"), {"to": contact})

    def sets_duty(self, contacts: Sequence[str]) -> Event:
        """`CAREGIVER anna SETS DUTY`: whom to call, in this order."""
        return self._event("SETS", Thing("DUTY"), {"contacts": list(contacts)})

    def sets_quiet_hours(self, person: str, hours: tuple[str, str] | None) -> Event:
        """`CAREGIVER anna SETS QUIET_HOURS OF maria`: from and to, as `22:00`; None: none from now on."""
        told: dict[str, Json] = {"from": hours[0], "to": hours[1]} if hours is not None else {}
        return self._event("SETS", Thing("QUIET_HOURS"), {"person": person, **told})

    def sets_weekly_test(self, *, is_on: bool) -> Event:
        """`CAREGIVER anna SETS DUTY`: whether every contact gets a test message each week."""
        return self._event("SETS", Thing("DUTY"), {"weekly_test": is_on})

    def tests(self, what: Thing) -> Event:
        """`CAREGIVER anna TESTS SOUND`, or `TESTS CONTACT ben`."""
        return self._event("TESTS", what, {})

    def sets_alarm(self, person: str, alarm: str, terms: Mapping[str, Json]) -> Event:
        """`CAREGIVER anna SETS ALARM SPO2_LOW OF maria`; what is absent is as the profile has it."""
        return self._event("SETS", Thing("ALARM", alarm), {"person": person, **terms})

    def _on(self, verb: str, alarm: AlarmLine, more: Mapping[str, Json]) -> Event:
        whose = {"person": alarm.person} if alarm.person else {}
        return self._event(verb, Thing("ALARM", alarm.alarm), {**whose, "episode": alarm.episode, **more})

    def _event(self, verb: str, thing: Thing, context: Mapping[str, Json]) -> Event:
        return Event(
            id=f"{self._who.id}:{self._session}:{next(self._numbers)}",
            time=self._clock.now(),
            subject=self._who,
            verb=verb,
            object=thing,
            context=context,
        )


def _minutes(length: timedelta) -> dict[str, Json]:
    return {"value": length / timedelta(minutes=1), "unit": "min"}
