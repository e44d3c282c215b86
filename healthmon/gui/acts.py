"""This is the place for what people do in the window: each click becomes one event, said and shown."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from healthmon.events import Event, Json, Thing
from healthmon.gui.alarm_answers import Answer
from healthmon.gui.carer import Say, Voice
from healthmon.view.care import Question
from healthmon.view.desk import Desk
from healthmon.view.screen import Offer

PAUSED_FOR = timedelta(minutes=2)  # our choice, as bedside monitors pause


class Acts:
    """Says what a carer does, and lets the desk show it as on its way. The window's thread.

    `tell` says a sentence in the window; `done` is called after each act, so that it shows at once.
    """

    def __init__(
        self, voice: Voice, say: Say, desk: Desk, tell: Callable[[str], None], done: Callable[[], None]
    ) -> None:
        self._voice, self._say, self._desk = voice, say, desk
        self._tell, self._done = tell, done

    def answer(self, answer: Answer, note: str = "") -> None:
        """Seen, going, be quiet, or sound again."""
        alarm = answer.alarm
        if answer.offer is Offer.TAKE:
            self._speak(self._voice.takes(alarm))
        elif answer.offer is Offer.WAKE:
            self._speak(self._voice.wakes(alarm))
        elif answer.offer is Offer.SNOOZE and answer.length is not None:
            self._speak(self._voice.snoozes(alarm, answer.length))
        else:
            self._speak(self._voice.acknowledges(alarm, note))

    def pause(self, *, ends: bool) -> None:
        """Pause all sound, or end the pause."""
        self._speak(self._voice.pauses(timedelta() if ends else PAUSED_FOR))

    def judge(self, question: Question, value: str) -> None:
        """Was it real?"""
        self._speak(self._voice.judges(question, value))

    def hand_over(self, contact: str) -> None:
        """Somebody is on duty from now on."""
        self._speak(self._voice.hands_over(contact))

    def set_duty(self, contacts: Sequence[str]) -> None:
        """Whom to call, in this order."""
        self._speak(self._voice.sets_duty(contacts))

    def set_quiet_hours(self, person: str, hours: tuple[str, str] | None) -> None:
        """Quiet hours of somebody from now on, or none."""
        self._speak(self._voice.sets_quiet_hours(person, hours))

    def set_weekly_test(self, *, is_on: bool) -> None:
        """Whether everybody gets a test message each week."""
        self._speak(self._voice.sets_weekly_test(is_on=is_on))

    def test_sound(self) -> None:
        """Let the recorder sound an alarm once."""
        self._speak(self._voice.tests(Thing("SOUND")))

    def test_contact(self, contact: str) -> None:
        """Let the recorder send a test message."""
        self._speak(self._voice.tests(Thing("CONTACT", contact)))

    def set_alarms(self, person: str, wishes: Mapping[str, Mapping[str, Json]]) -> None:
        """These terms from now on, alarm by alarm."""
        for alarm, terms in wishes.items():
            self._speak(self._voice.sets_alarm(person, alarm, terms))

    def _speak(self, event: Event) -> None:
        receipt = self._say(event)
        if receipt.is_kept:
            self._desk.said(event)
        else:
            self._tell(f"Not said: {receipt.problem}")
        self._done()
