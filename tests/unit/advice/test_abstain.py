"""No answer is given where there is nothing to rest one on, and it is said why and until when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from healthmon.advice.abstain import NoAnswer, Why, no_answer
from healthmon.advice.moment import Moment, Trust
from healthmon.advice.tables import ModelFault, Refused
from tests.unit.advice.models import moment, small_model
from tests.unit.advice.wearer import DAY, MINUTE, START

MODEL = small_model()
GOOD = moment().trust
ZERO = (0.0, 0.0, 0.0, 0.0, 0.0)


def _why(features: tuple[float, ...] | None = ZERO, trust: Trust = GOOD) -> NoAnswer | None:
    return no_answer(Moment(START, trust, 60, 97, features=features), MODEL)


def test_good_readings_are_answered() -> None:
    assert _why() is None


@pytest.mark.parametrize(
    ("trust", "why"),
    [
        (replace(GOOD, worn=False), Why.NOT_WORN),
        (replace(GOOD, nights=2), Why.FEW_NIGHTS),
        (replace(GOOD, rate_age=121.0), Why.NO_RATE),
        (replace(GOOD, rate_age=None), Why.NO_RATE),
        (replace(GOOD, oxygen_age=301.0), Why.NO_OXYGEN),
        (replace(GOOD, oxygen_age=None), Why.NO_OXYGEN),
        (replace(GOOD, resumed=299.0), Why.AFTER_GAP),
        (replace(GOOD, rate_share=0.59), Why.FEW_RATES),
        (replace(GOOD, oxygen_share=0.59), Why.FEW_OXYGEN),
    ],
)
def test_each_lack_has_its_reason(trust: Trust, why: Why) -> None:
    answer = _why(trust=trust)

    assert answer is not None
    assert answer.why is why


@pytest.mark.parametrize(
    "trust",
    [
        replace(GOOD, rate_age=120.0),
        replace(GOOD, oxygen_age=300.0),
        replace(GOOD, resumed=300.0),
        replace(GOOD, rate_share=0.6),
        replace(GOOD, nights=3),
    ],
)
def test_just_enough_is_enough(trust: Trust) -> None:
    assert _why(trust=trust) is None


def test_unusual_beyond_all_training_is_not_guessed() -> None:
    assert _why((90.0, 0.0, 0.0, 0.0, 0.0)) == NoAnswer(Why.UNLIKE_TRAINING)


def test_days_that_are_not_known_are_said() -> None:
    assert _why(None) == NoAnswer(Why.FEW_DAYS)


def test_a_refused_model_comes_before_all() -> None:
    refused = Refused(ModelFault.HASH, "damaged")

    assert no_answer(Moment(START, replace(GOOD, worn=False)), refused) == NoAnswer(Why.MODEL)


def test_few_nights_say_when() -> None:
    trust = replace(GOOD, nights=1, nights_ready=START + 2 * DAY)

    assert no_answer(Moment(START, trust), MODEL) == NoAnswer(Why.FEW_NIGHTS, START + 2 * DAY)


def test_few_readings_say_when() -> None:
    assert _why(trust=replace(GOOD, rate_share=0.2)) == NoAnswer(Why.FEW_RATES, START + 2 * MINUTE)


def test_a_gap_says_when() -> None:
    assert _why(trust=replace(GOOD, resumed=60.0)) == NoAnswer(Why.AFTER_GAP, START + timedelta(minutes=4))
