"""What the figures promise: what cannot be believed does not look believable, and advice knows its place."""

from collections.abc import Callable
from dataclasses import replace

from healthmon.gui.options import Options
from healthmon.view.screen import Band, Freshness
from tests.fakes import screens
from tests.gui.conftest import Stage

Make = Callable[..., Stage]


def test_advice_shows_score_band_and_two_reasons(stage: Make) -> None:
    one = stage()

    assert (one.find("advice-score").text(), one.find("advice-band").text()) == ("82", Band.USUAL)
    assert "(−9)" in one.find("advice-reason-1").text()
    assert "(−6)" in one.find("advice-reason-2").text()


def test_advice_says_what_it_is_and_what_it_is_not(stage: Make) -> None:
    one = stage()

    badge = one.find("advice-badge").text()
    assert badge.startswith("Trained on simulated people. Not a medical device")


def test_advice_abstains_and_says_when_to_expect_an_answer(stage: Make) -> None:
    one = stage(screens.abstaining(), Options(zone=screens.NOW.tzinfo))

    assert one.find("advice-headline").text() == "Not enough data"
    assert one.find("advice-text").text().count("expected Nov 24 06:05") == 1
    assert not one.shows("advice-score")


def test_advice_steps_back_behind_an_alarm(stage: Make) -> None:
    one = stage(screens.high_alarm())

    assert one.find("advice-headline").text() == "The alarm comes first"
    assert not one.shows("advice-reason-1")


def test_a_stale_number_is_struck_through_and_says_its_age(stage: Make) -> None:
    one = stage(screens.not_recording())

    shown = one.find("heart-rate").face
    assert shown.is_struck
    assert shown.age == "stale · 4 min ago"


def test_no_signal_is_neither_a_number_nor_live(stage: Make) -> None:
    one = stage(replace(screens.calm(), oxygen=screens.numeral("SPO2", 0, note="not worn since 14:01")))

    shown = one.find("oxygen").face
    assert (shown.digits, shown.freshness, shown.note) == ("--", Freshness.NO_SIGNAL, "not worn since 14:01")
