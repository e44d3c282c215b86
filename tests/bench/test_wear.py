"""Promises of the measurement of wear: it hears what the whole logic hears, and counts as it says."""

import numpy as np
import pytest

from devices.daytime import DAY
from devices.worn.plan import Injected, Injury
from devices.worn.stretch import Wearer, wearers
from healthmon.events import Entry, Remark
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings
from tests.bench.bench_wear import START, lived
from tests.bench.wear_life import Alarmed, Told, entries, introduced, told
from tests.bench.wear_verdict import Life, by_person, found, poisson, share, verdict


@pytest.fixture(scope="module")
def wearer() -> Wearer:
    """Somebody ill whose oxygen hovers at the limit: many alarms in few hours."""
    return wearers(5001, 24, 24)[0]


def _hours(wearer: Wearer) -> list[Entry]:
    stretch = wearer.stretch(START + 25 * DAY / 8, START + 26 * DAY / 8, 5)
    return [*introduced(wearer, START), *entries(wearer.person.id, stretch)]


def test_the_short_way_says_what_the_whole_logic_says(wearer: Wearer) -> None:
    heard, alarmed = _hours(wearer), Alarmed()
    logic = Logic(house_rules(RuleSettings()).rules)

    alarmed.hear(heard)
    made = [
        entry
        for number, one in enumerate(heard)
        for entry in logic.take(one.called(f"w:{number}"), one.received)
        if entry.id.startswith("m:alarms:") and entry.verb in {"RAISES", "CLEARS"}
    ]

    assert len(alarmed.told) > 6
    assert [_judged(one) for one in made] == alarmed.told


def _judged(entry: Entry) -> Told:
    return told(Remark("alarms", entry.verb, entry.object, entry.time, entry.person, entry.context))


def test_a_person_lives_the_same_days_twice() -> None:
    one, again = (lived(wearers(5001, 3, 3)[0], 1, 60) for _ in range(2))

    assert one == again


def test_a_rate_is_judged_by_the_exact_interval_of_poisson() -> None:
    # Garwood's table: 10 events are 4.80 to 18.39; none are at most 3.69.
    assert poisson(10, 1) == pytest.approx((4.795, 18.390), abs=0.001)
    assert poisson(0, 2) == pytest.approx((0, 1.844), abs=0.001)


def test_a_share_is_judged_by_the_exact_interval_of_clopper_and_pearson() -> None:
    assert share(49, 50) == pytest.approx((0.8935, 0.9995), abs=0.0001)
    assert share(50, 50) == pytest.approx((0.9289, 1.0), abs=0.0001)


def test_one_person_with_all_alarms_widens_the_interval() -> None:
    _, evenly = by_person([1] * 40, [1.0] * 40)
    _, by_one = by_person([40, *[0] * 39], [1.0] * 40)

    assert (evenly, by_one > 2) == (1.0, True)


def _life(oxygen: float, *, on_arm: bool = True) -> Life:
    at = np.arange(0.0, 600.0, 5)
    off = np.zeros(len(at), dtype=np.bool_)
    fallen = np.where((at >= 100) & (at < 200), oxygen, 97.0)
    return Life(at, np.full(len(at), 70.0), fallen, np.full(len(at), on_arm), off, ~off, off, "adult", ())


def _alarm(since: float, at: float, *, verb: str = "RAISES", alarm: str = "SPO2_CRIT") -> Told:
    return Told(verb, alarm, at, since, "high", "held", "e", 88.0)


def test_a_raised_alarm_is_judged_by_the_body() -> None:
    assert verdict(_life(87), _alarm(110, 140)) == "true"
    assert verdict(_life(87), _alarm(190, 260)) == "transient"
    assert verdict(_life(91), _alarm(110, 140)) == "false"
    assert verdict(_life(87, on_arm=False), _alarm(110, 140)) == "false"


def test_an_event_is_found_while_it_lasts_or_a_minute_after() -> None:
    event = Injected(Injury.DEEP, start=100, rise=10, hold=90, fall=20, level=85)

    assert found([_alarm(110, 140)], event, "oxygen high") == 40
    assert found([_alarm(250, 290)], event, "oxygen high") is None
    assert found([_alarm(110, 140, alarm="HR_HIGH")], event, "oxygen high") is None
    assert found([_alarm(10, 40)], event, "oxygen high") == 0
    assert found([_alarm(10, 40), _alarm(10, 60, verb="CLEARS")], event, "oxygen high") is None
