"""What sounds is shown on the desktop once, if there is one and the owner wants it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from healthmon.alarms import Sounding, Tune
from healthmon.alarms.classes import Priority
from healthmon.app.cares.desktop_care import DesktopCare
from healthmon.notify.errors import NotifyError, NotifyReason
from healthmon.notify.letter import Letter, Urgency
from healthmon.notify.words import Privacy, Words
from tests.unit.notify.desk import TOOK, Flown

AT = datetime(2026, 11, 22, 2, 12, tzinfo=UTC)
WORDS = Words(Privacy.FULL, zone=ZoneInfo("Europe/Warsaw"))


def sounding(alarm: str = "SPO2_CRIT", priority: Priority = Priority.HIGH) -> Sounding:
    """Maria's alarm."""
    return Sounding(priority, Tune.OXYGEN, alarm, "maria", "E:maria:x", is_floor=False)


class Screen:
    """Where notifications appear in a test."""

    def __init__(self, *, is_wanted: bool = True, is_there: bool = True) -> None:
        self.flights: list[Flown] = []
        self.care = DesktopCare(WORDS, is_wanted=is_wanted, launch=self._launch, has_desktop=lambda: is_there)

    def look(self, what: Sounding | None) -> None:
        """A turn of the recorder."""
        self.care.look(what, AT, lambda: {"maria": "Maria"})

    def _launch(self, sent: Letter) -> Flown:
        self.flights.append(Flown(sent))
        return self.flights[-1]


def test_an_alarm_is_shown_once_while_it_sounds() -> None:
    screen = Screen()
    for what in (sounding(), sounding(), None, sounding()):
        screen.look(what)

    shown = [(one.letter.subject, one.letter.urgency, one.letter.reach) for one in screen.flights]

    assert shown == [("ALARM: Maria, oxygen very low", Urgency.HIGH, ("desktop:",))]


def test_one_that_becomes_worse_is_shown_again() -> None:
    screen = Screen()
    screen.look(sounding("SPO2_LOW", Priority.MEDIUM))
    screen.look(sounding("SPO2_LOW"))

    assert [one.letter.urgency for one in screen.flights] == [Urgency.MEDIUM, Urgency.HIGH]


def test_nothing_is_shown_where_nobody_wants_it_or_there_is_no_desktop() -> None:
    screens = [Screen(is_wanted=False), Screen(is_there=False)]
    for screen in screens:
        screen.look(sounding())

    assert [screen.flights for screen in screens] == [[], []]


def test_a_desktop_that_hangs_is_left_when_the_recorder_stops() -> None:
    screen = Screen()
    screen.look(sounding())
    screen.look(sounding("HR_HIGH_CRIT"))
    screen.flights[0].answer = (TOOK,)
    screen.look(None)
    screen.care.stop()

    assert [one.is_ended for one in screen.flights] == [False, True]


def test_a_machine_without_room_for_a_process_goes_on() -> None:
    def full(_sent: Letter) -> Flown:
        raise NotifyError(NotifyReason.NO_PROCESS, "no room")

    care = DesktopCare(WORDS, launch=full, has_desktop=lambda: True)
    care.look(sounding(), AT, dict)

    assert care._flights == []
