"""What the advice card promises: a score with its reasons, or why there is none; alarms speak louder."""

from datetime import UTC
from pathlib import Path

import pytest

from healthmon.advice.catalogue import read_catalogue
from healthmon.events import Json
from healthmon.view.desk import DeskOptions
from healthmon.view.screen import AdviceCard, Band
from tests.unit.view.house import HOUR, MARIA, MINUTE, House

REASONS: list[Json] = [
    {"feature": "hr_excess", "points": -11.2, "observed": 92.0, "usual": 78.0},
    {"feature": "sp_drop", "points": -0.4, "observed": 97.0, "usual": 97.0},
]


@pytest.fixture(params=["with the catalogue", "without"])
def house(request: pytest.FixtureRequest, root: Path) -> House:
    """A house with and without the catalogue: its words may be missing, the card may not."""
    file = root / "resources" / "advice" / "en.toml"
    catalogue = read_catalogue(file.read_bytes()) if request.param == "with the catalogue" else None
    return told(House(options=DeskOptions(zone=UTC, catalogue=catalogue)))


@pytest.fixture
def worded(root: Path) -> House:
    """A house with the catalogue."""
    catalogue = read_catalogue((root / "resources" / "advice" / "en.toml").read_bytes())
    return told(House(options=DeskOptions(zone=UTC, catalogue=catalogue)))


def told(house: House) -> House:
    house.say(MARIA)
    house.measure("HR", 92)
    return house


def advise(house: House, advice: str = "look-rate-above", **changes: Json) -> None:
    said: dict[str, Json] = {
        "value": 72,
        "band": "worth a look",
        "reasons": REASONS,
        "model": "0123456789abcdef",
        "nights": 20,
    }
    house.say(f"MONITOR ADVISES ADVICE {advice} OF maria", context={**said, **changes})


def card(house: House) -> AdviceCard:
    shown = house.look().advice
    assert shown is not None
    return shown


def test_a_score_comes_with_its_band_and_two_reasons(house: House) -> None:
    advise(house)

    shown = card(house)

    assert (shown.score, shown.band, shown.headline) == (72, Band.WORTH_A_LOOK, "Worth a look")
    assert len(shown.reasons) == 2
    assert shown.reasons[0].startswith("Heart rate 92")
    assert shown.reasons[0].endswith("(−11)")


def test_the_catalogue_says_what_to_do_and_how_reasons_read(worded: House) -> None:
    advise(worded)

    shown = card(worded)

    assert shown.text.startswith("Heart rate is above what is usual for Maria Kowalska")
    assert shown.reasons == (
        "Heart rate 92 bpm, 14 bpm above usual for this hour and activity (−11)",
        "Oxygen 97 %, as usual (±0)",
    )


def test_oxygen_comes_with_its_caution(worded: House) -> None:
    advise(worded, "look-oxygen-below")

    assert "Watches read oxygen with an error" in card(worded).text


def test_the_badge_says_who_it_was_trained_on_and_that_no_clinician_looked(house: House) -> None:
    advise(house)

    assert "simulated people" in card(house).badge
    assert "Not reviewed by a clinician" in card(house).badge


def test_nothing_said_yet_is_not_enough_data(house: House) -> None:
    assert (card(house).score, card(house).headline) == (None, "Not enough data")


def test_not_enough_data_says_when_to_expect_it(house: House) -> None:
    expected = house.clock.now() + 3 * HOUR
    advise(
        house,
        "not-enough",
        value=None,
        band=None,
        reasons=None,
        why="few-nights",
        nights=1,
        expected=expected.isoformat(),
    )

    shown = card(house)

    assert (shown.score, shown.band, shown.headline) == (None, None, "Not enough data")
    assert shown.expected == expected
    assert "15:00" in shown.text


def test_not_enough_data_says_why(worded: House) -> None:
    advise(worded, "not-enough", value=None, band=None, why="few-nights", nights=1)

    assert card(worded).text.startswith("1 of 3 nights are known.")


def test_an_expected_time_that_has_passed_is_not_promised_again(house: House) -> None:
    past = house.clock.now() - MINUTE
    advise(house, "not-enough", value=None, band=None, why="few-nights", expected=past.isoformat())

    assert card(house).expected is None


def test_a_high_alarm_outranks_any_score(house: House) -> None:
    advise(house, "usual", value=95, band="usual")
    house.say("MONITOR RAISES ALARM SPO2_CRIT 86 % OF maria", priority="high", limit=88)

    shown = card(house)

    assert (shown.outranked, shown.headline) == (True, "The alarm comes first")
    assert shown.reasons == ()


def test_a_medium_alarm_does_not(house: House) -> None:
    advise(house, "usual", value=95, band="usual")
    house.say("MONITOR RAISES ALARM SPO2_LOW 91 % OF maria", priority="medium", limit=92)

    assert not card(house).outranked


def test_advice_that_was_not_repeated_is_about_another_time(house: House) -> None:
    advise(house)
    house.turn(15 * MINUTE)
    still = card(house).score
    house.turn(MINUTE)

    assert (still, card(house).score) == (72, None)


def test_older_advice_that_comes_later_changes_nothing(house: House) -> None:
    advise(house)
    house.say("MONITOR ADVISES ADVICE usual 95 OF maria", ago=HOUR, band="usual")

    assert card(house).score == 72


def test_advice_is_about_the_person_looked_at(house: House) -> None:
    advise(house)
    house.measure("HR", 70, person="jan")
    house.desk.select("jan")

    assert card(house).score is None


@pytest.mark.parametrize(
    "reasons", [None, "x", [1], [{}], [{"feature": 3}], [{"feature": "new_one", "points": None}]]
)
def test_reasons_nobody_understands_do_not_break_the_card(house: House, reasons: Json) -> None:
    advise(house, reasons=reasons)

    assert card(house).score == 72
