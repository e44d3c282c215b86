"""Features are causal, the same at any rate, and know a reading from a device that feels nothing."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime, timedelta
from functools import cache

import pytest

from healthmon.advice.features import Features
from healthmon.advice.moment import FEATURES, Feature, Moment
from healthmon.events import Entry, Json
from tests.unit.advice.wearer import DAY, MINUTE, START, Wearer, said

MARIA = Wearer()
NOW = START + 5 * DAY + timedelta(hours=14)


def _moment(entries: Sequence[Entry], at: datetime) -> Moment:
    features = Features()
    for one in entries:
        if one.time < at:
            features.hear(one)
    return features.moment(at)


def _feature(moment: Moment, name: Feature) -> float:
    assert moment.features is not None
    return moment.features[FEATURES.index(name)]


@cache
def _history(noise: float) -> Features:
    features = Features()
    for one in Wearer(noise=noise).days(5):
        features.hear(one)
    return features


def _lived(noise: float = 1.5) -> Features:
    """Somebody of whom five imported days are known."""
    return deepcopy(_history(noise))


def _heard(entries: Sequence[Entry]) -> Moment:
    features = _lived()
    for one in entries:
        features.hear(one)
    return features.moment(NOW)


def test_a_usual_afternoon_is_usual() -> None:
    moment = _heard(MARIA.minutes(10, NOW - 10 * MINUTE))

    assert moment.features is not None
    assert max(moment.features) <= 2


def test_a_racing_heart_is_an_excess() -> None:
    moment = _heard(MARIA.minutes(10, NOW - 10 * MINUTE, rate=lambda _: 30))

    assert _feature(moment, Feature.HR_EXCESS) == pytest.approx(30, abs=2)


def test_a_slow_heart_is_a_deficit() -> None:
    moment = _heard(MARIA.minutes(10, NOW - 10 * MINUTE, rate=lambda _: -15))

    assert _feature(moment, Feature.HR_DEFICIT) == pytest.approx(15, abs=2)


def test_a_walk_is_no_excess() -> None:
    walking = START + 5 * DAY + timedelta(hours=10, minutes=15)
    features = _lived()
    for one in MARIA.minutes(20, walking - 20 * MINUTE):
        features.hear(one)
    moment = features.moment(walking)

    assert moment.rate is not None
    assert moment.rate > 85
    assert _feature(moment, Feature.HR_EXCESS) <= 6


def test_low_oxygen_is_a_drop() -> None:
    moment = _heard(MARIA.minutes(10, NOW - 10 * MINUTE, oxygen=lambda _: -5))

    assert _feature(moment, Feature.SP_DROP) == pytest.approx(5, abs=0.5)


def test_a_restless_night_is_a_rise() -> None:
    night = START + 5 * DAY
    ill = MARIA.minutes(7 * 60, night, delivery="import", rate=lambda _: 9)
    moment = _heard([*ill, *MARIA.minutes(10, NOW - 10 * MINUTE)])

    assert _feature(moment, Feature.RHR_RISE) == pytest.approx(9, abs=1)


def test_dips_of_the_last_hour_are_counted() -> None:
    moment = _heard(MARIA.minutes(60, NOW - 60 * MINUTE, oxygen=lambda at: -5 if at.minute % 15 == 5 else 0))

    assert _feature(moment, Feature.ODI3_60) == 4


def test_observed_and_usual_stand_beside_each_feature() -> None:
    moment = _heard(MARIA.minutes(10, NOW - 10 * MINUTE, rate=lambda _: 30))
    excess = FEATURES.index(Feature.HR_EXCESS)

    assert moment.observed[excess] - moment.usual[excess] == pytest.approx(
        _feature(moment, Feature.HR_EXCESS), abs=0.25
    )


def test_nothing_leaks_from_the_future() -> None:
    story = [*MARIA.days(4), *MARIA.minutes(1440, START + 4 * DAY)]
    moments = [START + 4 * DAY + timedelta(minutes=offset) for offset in (5, 61, 599, 610, 1000, 1439)]
    whole = Features()
    waiting = iter(story)
    one = next(waiting)
    at_once = {}
    for at in moments:
        while one.time < at:
            whole.hear(one)
            one = next(waiting)
        at_once[at] = whole.moment(at)

    cut = {at: _moment(story, at) for at in moments}

    assert at_once == cut


def test_asking_changes_nothing() -> None:
    asked, unasked = _lived(), _lived()
    for one in MARIA.minutes(30, NOW - 30 * MINUTE):
        asked.moment(one.time.replace(second=0))
        for features in (asked, unasked):
            features.hear(one)

    assert asked.moment(NOW) == unasked.moment(NOW)


def test_a_reading_a_second_and_one_a_minute_mean_the_same() -> None:
    steady = Wearer(noise=0)
    moments = []
    for every in (60, 1):
        features = _lived(noise=0)
        for one in steady.minutes(10, NOW - 10 * MINUTE, every=every):
            features.hear(one)
        moments.append(features.moment(NOW).features)

    assert moments[0] == moments[1]


@pytest.mark.parametrize("value", [0, 255, -1, 127])
def test_a_sensor_that_feels_nothing_is_not_believed(value: int) -> None:
    nothing = [said("maria", "SPO2", value, NOW - n * MINUTE) for n in range(5, 0, -1)]

    moment = _heard(nothing)

    assert (moment.oxygen, moment.trust.oxygen_share) == (None, 0)


@pytest.mark.parametrize("what", ["HR", "SPO2", "STEPS"])
@pytest.mark.parametrize("value", [10**400, -(10**400), 1e308, True, "70", None, [70]])
def test_no_value_disturbs(what: str, value: Json) -> None:
    live = MARIA.minutes(10, NOW - 10 * MINUTE)
    absurd = [said("maria", what, value, NOW - n * MINUTE) for n in (3, 2)]

    assert _heard([*live, *absurd]).rate == _heard(live).rate


def test_readings_a_device_doubts_are_not_believed() -> None:
    doubted = [said("maria", "SPO2", 80, NOW - n * MINUTE, quality="poor") for n in range(5, 0, -1)]

    assert _heard(doubted).oxygen is None


def test_a_watch_on_the_table_says_nothing_about_a_person() -> None:
    off = said("maria", "WORN", value=False, at=NOW - 8 * MINUTE)
    reflections = [said("maria", "HR", 93, NOW - n * MINUTE) for n in range(5, 0, -1)]

    moment = _heard([off, *reflections])

    assert (moment.rate, moment.trust.worn) == (None, False)


def test_another_device_on_the_body_is_believed() -> None:
    off = said("maria", "WORN", value=False, at=NOW - 8 * MINUTE)
    strap = [said("maria", "HR", 70, NOW - n * MINUTE, device="strap-1") for n in range(5, 0, -1)]

    moment = _heard([off, *strap])

    assert (moment.rate, moment.trust.worn) == (70, True)


def test_half_of_the_samples_valid_is_half_a_share() -> None:
    mixed = [
        said("maria", "HR", 70 if second % 2 else 0, NOW - timedelta(seconds=300 - second))
        for second in range(300)
    ]

    assert _heard(mixed).trust.rate_share == pytest.approx(0.5)


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_what_is_not_live_is_not_now(delivery: str) -> None:
    moment = _heard(MARIA.minutes(10, NOW - 10 * MINUTE, delivery=delivery))

    assert (moment.rate, moment.trust.rate_age) == (None, None)


def test_what_was_retained_is_not_learnt() -> None:
    features = Features()
    for one in MARIA.days(5, delivery="retained"):
        features.hear(one)

    assert features.moment(NOW).trust.nights == 0


def test_an_import_does_not_disturb_what_is_live() -> None:
    live = MARIA.minutes(60, NOW - 60 * MINUTE)
    backfill = MARIA.minutes(400, START + 3 * DAY, delivery="import")
    mixed = [one for pair in zip(live, backfill, strict=False) for one in pair]

    assert _heard(mixed).rate == _heard(live).rate


def test_after_a_gap_readings_have_resumed() -> None:
    before = MARIA.minutes(5, NOW - 40 * MINUTE)
    after = MARIA.minutes(4, NOW - 4 * MINUTE)

    assert _heard([*before, *after]).trust.resumed == 240


def test_two_nights_are_too_few() -> None:
    features = Features()
    for one in [*MARIA.days(2, NOW - timedelta(hours=14) - 2 * DAY), *MARIA.minutes(10, NOW - 10 * MINUTE)]:
        features.hear(one)
    moment = features.moment(NOW)

    assert (moment.features, moment.trust.nights) == (None, 2)
    assert moment.trust.nights_ready == START + 6 * DAY + timedelta(hours=7)
