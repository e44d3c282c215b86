"""What is told for information stands in the table in plain words, and nowhere else; it wants no answer."""

import pytest

from healthmon.events import Json
from healthmon.view import words
from healthmon.view.screen import Priority
from tests.unit.view.house import HOUR, MARIA, House

_EPISODE = "E:maria:2026-11-20T23:00:00+00:00"
_RISE: dict[str, Json] = {
    "reference": 58.0,
    "limit": 62.0,
    "priority": "low",
    "episode": _EPISODE,
    "since": "2026-11-20T23:00:00+00:00",
}


@pytest.mark.parametrize(
    ("sentence", "context", "row"),
    [
        (
            "MONITOR FLAGS COFFEE COFFEE_LATE 6.8 h OF maria",
            {"wall": "16:10", "bed": "23:00"},
            (
                "Coffee at 16:10. Studies link coffee within about 9 hours of bed to shorter sleep.",
                "6.8 h before bed",
                "usual bed time 23:00",
            ),
        ),
        (
            "MONITOR FLAGS COFFEE COFFEE_LATE 0 h",
            {"wall": "01:30", "bed": "23:00", "household": True},
            (
                "Coffee at 01:30. Studies link coffee within about 9 hours of bed to shorter sleep.",
                "after bed time",
                "usual bed time 23:00 · who drank it is not known",
            ),
        ),
        (
            "MONITOR FLAGS COFFEE COFFEE_DAY 430 mg OF maria",
            {"limit": 400.0},
            (
                "Much coffee in a day. EFSA sees no concern for healthy adults up to 400 mg of caffeine.",
                "430 mg",
                "",
            ),
        ),
        (
            "MONITOR FLAGS COFFEE COFFEE_SINGLE 215 mg OF maria",
            {"limit": 200.0},
            (
                "Much coffee at once. EFSA sees no concern for healthy adults up to 200 mg of caffeine.",
                "215 mg",
                "",
            ),
        ),
        (
            "MONITOR FLAGS NIGHTS ODI4 29.8 /h OF maria",
            {"dips": 149, "hours": 5.0, "device": "ring-1"},
            ("Oxygen dipped often last night", "29.8 /h", "149 dips of 4 points or more in 5 h · ring-1"),
        ),
        (
            "MONITOR FLAGS NIGHTS RHR_RISE 61 /min OF maria",
            {"reference": 58.0},
            (
                "Night heart rate a little above what is usual, two nights running",
                "61 bpm",
                "usually 58 bpm",
            ),
        ),
        ("MONITOR FLAGS NIGHTS SOMETHING OF maria", {}, ("MONITOR FLAGS NIGHTS SOMETHING", "", "")),
        ("MONITOR FLAGS COFFEE SOMETHING OF maria", {}, ("MONITOR FLAGS COFFEE SOMETHING", "", "")),
        (
            "MONITOR FLAGS ALARM RHR_RISE 66 /min OF maria",
            {**_RISE, "state": "unknown", "why": "no-nights"},
            ("Night heart rate above what is usual: signal lost, no nights measured", "66 bpm", ""),
        ),
    ],
)
def test_a_row_says_what_was_found(
    sentence: str, context: dict[str, Json], row: tuple[str, str, str]
) -> None:
    house = House()
    house.say(MARIA)

    house.say(sentence, context=context)

    told = house.newest()
    assert (told.text, told.value, told.context) == row


def test_a_rise_by_night_is_a_quiet_line_whatever_is_measured_now() -> None:
    house = House()
    house.say(MARIA)
    house.measure("HR", 70)
    house.say("MONITOR RAISES ALARM RHR_RISE 66 /min OF maria", context=_RISE, why="held")
    house.turn(HOUR)
    (line,) = house.look().alarms

    assert (line.text, line.priority) == ("Night heart rate 66 bpm · usually 58 bpm", Priority.LOW)


def test_no_word_says_that_coffee_raises_a_heart_rate() -> None:
    said = " ".join(words.information._COFFEE.values()).lower()

    assert "heart" not in said
    assert "rate" not in said
