"""Somebody outside hears that the recorder records, and only then; that nobody answers is told, once."""

from pathlib import Path

import pytest

from healthmon.app.cares.outside_care import AGAIN_AFTER, EVERY, OutsideCare
from healthmon.events import Json
from healthmon.notify.letter import Letter, Outcome, Try
from healthmon.notify.outside import CALL, FILE, OutsideFile
from tests.unit.notify.desk import Flown

URL = "https://watch.example.org/a-secret"
TOOK = (Try("outside", Outcome.DELIVERED),)
AWAY = (Try("outside", Outcome.AWAY, "timeout"),)


class Home:
    """A care whose calls are the test's, each answered at once, and its turned real time."""

    def __init__(self, data: Path) -> None:
        self.now = 0.0
        self.file = OutsideFile(data)
        self.answers = TOOK
        self.flights: list[Flown] = []
        self.care = OutsideCare(self.file, launch=self._launch, now=lambda: self.now)

    def passes(self, seconds: float, *, is_recording: bool = True) -> list[dict[str, Json]]:
        """A turn every second; what there is to tell."""
        told = []
        for _ in range(round(seconds)):
            self.now += 1.0
            news = self.care.look_after(is_recording=is_recording)
            told += [news] if news is not None else []
        return told

    def _launch(self, sent: Letter) -> Flown:
        flown = Flown(sent)
        flown.answer = self.answers
        self.flights.append(flown)
        return flown


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_nobody_is_called_and_nothing_is_said_where_nobody_asked(home: Home) -> None:
    assert home.passes(2 * EVERY) == []
    assert home.flights == []


def test_it_is_called_at_once_and_every_five_minutes_and_told_once_that_it_works(home: Home) -> None:
    home.file.write(URL)
    assert home.passes(3 * EVERY) == [{"value": "works"}]
    assert [one.letter.reach for one in home.flights] == [(CALL + URL,)] * 3


def test_a_call_tells_nothing_of_anybody(home: Home) -> None:
    home.file.write(URL)
    home.passes(5)
    assert (home.flights[0].letter.subject, home.flights[0].letter.text) == ("", "")


def test_while_nothing_is_recorded_nobody_is_called(home: Home) -> None:
    home.file.write(URL)
    home.passes(5)
    assert home.passes(3 * EVERY, is_recording=False) == []
    assert len(home.flights) == 1
    home.passes(2)
    assert len(home.flights) == 2


def test_three_calls_that_nobody_takes_are_told_once_and_their_end_too(home: Home) -> None:
    home.file.write(URL)
    home.passes(5)
    home.answers = AWAY
    assert home.passes(EVERY + AGAIN_AFTER) == []
    assert home.passes(10 * AGAIN_AFTER) == [{"value": "unreached", "reason": "timeout"}]
    home.answers = TOOK
    assert home.passes(2 * AGAIN_AFTER) == [{"value": "works"}]


def test_a_file_that_others_can_read_is_told_and_not_used(home: Home, tmp_path: Path) -> None:
    home.file.write(URL)
    (tmp_path / FILE).chmod(0o644)
    assert home.passes(5) == [{"value": "unusable", "reason": "not-private"}]
    assert home.flights == []


def test_nobody_is_called_any_more_when_the_owner_says_so(home: Home) -> None:
    home.file.write(URL)
    home.passes(5)
    home.file.remove()
    assert home.passes(2 * EVERY) == [{"value": "off"}]
    assert len(home.flights) == 1


def test_nothing_said_holds_the_address(home: Home) -> None:
    home.answers = AWAY
    home.file.write(URL)
    assert "secret" not in str(home.passes(10 * AGAIN_AFTER))
