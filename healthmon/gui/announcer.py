"""This is the place for telling a screen reader what cannot wait until somebody looks."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from healthmon.gui.lettering import one_line
from healthmon.view.screen import AlarmLine, AlarmPhase, Priority

Speak: TypeAlias = Callable[[str, bool], None]  # the words, and whether they interrupt

_RINGING = {AlarmPhase.ACTIVE, AlarmPhase.UNKNOWN}


def speaker(widget: QWidget) -> Speak:
    """Speaks through the accessibility bus, in the name of a widget; silent where nobody listens."""

    def speak(words: str, interrupts: bool) -> None:  # noqa: FBT001  # a Speak
        event = QAccessibleAnnouncementEvent(widget, words)
        polite = QAccessible.AnnouncementPoliteness
        event.setPoliteness(polite.Assertive if interrupts else polite.Polite)
        QAccessible.updateAccessibility(event)

    return speak


class Announcer:
    """Says every alarm once when it begins to ring, and again when its priority rises."""

    def __init__(self, speak: Speak) -> None:
        self._speak = speak
        self._known: dict[tuple[str, str], Priority] = {}

    def tell(self, alarms: Sequence[AlarmLine]) -> None:
        """Say what is new among these."""
        ringing = [alarm for alarm in alarms if alarm.phase in _RINGING]
        for alarm in ringing:
            if self._known.get((alarm.episode, alarm.alarm)) != alarm.priority:
                said = ", ".join(one_line(part) for part in (alarm.text, alarm.person_name) if part)
                self._speak(f"{alarm.priority} alarm: {said}", alarm.priority is not Priority.LOW)
        self._known = {(alarm.episode, alarm.alarm): alarm.priority for alarm in ringing}

    def say(self, words: str, *, interrupts: bool = False) -> None:
        """Say this now."""
        self._speak(one_line(words), interrupts)
