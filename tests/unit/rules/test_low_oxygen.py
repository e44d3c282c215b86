"""Old readings of low oxygen are flagged when it happened, once for each episode."""

import pytest

from healthmon.events import Json, Remark, Thing
from healthmon.rules import LowOxygen
from tests.unit.rules.stream import Stream, entry, measured, moment


class Recording(Stream):
    """A stream whose saturations come from a file."""

    def __init__(self, delivery: str = "import") -> None:
        super().__init__(LowOxygen())
        self.delivery = delivery

    def saturation(self, value: Json, start: int, end: int, step: int = 1) -> None:
        for seconds in range(start, end, step):
            self.hear(measured(seconds, "SPO2", value, delivery=self.delivery))

    def carer_sets(self, what: str, name: str, **context: Json) -> None:
        self.hear(entry(-1, Thing("CAREGIVER", "anna"), "SETS", Thing(what, name), person="maria", **context))

    def flags(self, level: str = "SPO2_CRIT") -> list[Remark]:
        return [one for one in self.remarks if one.object == Thing("DESATURATION", level)]


@pytest.mark.parametrize("delivery", ["import", "late"])
def test_thirty_seconds_at_88_are_flagged_when_they_were_over(delivery: str) -> None:
    recording = Recording(delivery)

    recording.saturation(97, 0, 100)
    recording.saturation(87, 100, 160)

    (flag,) = recording.flags()
    assert (flag.by, flag.verb, flag.at, flag.person) == ("low-oxygen", "FLAGS", moment(130), "maria")
    assert flag.context == {
        "value": 87.0,
        "unit": "%",
        "limit": 88.0,
        "delay_s": 30.0,
        "since": moment(100).isoformat(),
        "worst": 87.0,
        "device": "watch-7",
    }


def test_two_minutes_at_92_are_flagged_too() -> None:
    recording = Recording()

    recording.saturation(92, 0, 200)

    assert [flag.at for flag in recording.flags("SPO2_LOW")] == [moment(120)]
    assert recording.flags("SPO2_CRIT") == []


def test_live_readings_are_the_business_of_the_alarms() -> None:
    stream = Stream(LowOxygen())

    stream.hold("SPO2", 80, 0, 400)
    stream.hear(measured(401, "SPO2", 80, delivery="retained"))

    assert stream.remarks == []


def test_a_dip_shorter_than_the_delay_is_not_flagged() -> None:
    recording = Recording()

    recording.saturation(85, 0, 29)
    recording.saturation(95, 29, 60)

    assert recording.remarks == []


def test_an_episode_is_flagged_once_until_two_points_above_the_limit() -> None:
    recording = Recording()
    for number in range(5):
        recording.saturation(86, number * 100, number * 100 + 50)
        recording.saturation(89, number * 100 + 50, number * 100 + 100)

    recording.saturation(90, 500, 501)
    recording.saturation(86, 501, 560)

    assert [flag.at for flag in recording.flags()] == [moment(30), moment(531)]


def test_no_signal_holds_the_delay_and_a_long_one_breaks_it() -> None:
    recording = Recording()

    recording.saturation(86, 0, 20)
    recording.saturation(0, 20, 30)
    recording.saturation(86, 30, 41)
    recording.saturation(95, 41, 100)
    recording.saturation(86, 100, 120)
    recording.saturation(255, 120, 137)
    recording.saturation(86, 137, 166)

    assert [flag.at for flag in recording.flags()] == [moment(40)]


def test_two_sparse_readings_the_delay_apart_are_enough() -> None:
    recording = Recording()

    recording.saturation(96, 0, 3_000, step=300)
    recording.saturation(86, 3_000, 3_301, step=300)

    (flag,) = recording.flags()
    assert flag.at == moment(3_300)
    assert flag.context["since"] == moment(3_000).isoformat()


def test_one_sparse_reading_is_not() -> None:
    recording = Recording()

    recording.saturation(96, 0, 3_000, step=300)
    recording.saturation(80, 3_000, 3_001)
    recording.saturation(96, 3_300, 6_000, step=300)

    assert recording.remarks == []


def test_a_night_does_not_go_on_in_the_next() -> None:
    recording = Recording()

    recording.saturation(90, 0, 60)
    recording.saturation(90, 60_000, 60_060)

    assert recording.remarks == []


def test_a_new_night_is_a_new_episode() -> None:
    recording = Recording()

    recording.saturation(85, 0, 60)
    recording.saturation(85, 60_000, 60_060)

    assert [flag.at for flag in recording.flags()] == [moment(30), moment(60_030)]


def test_an_older_recording_begins_anew() -> None:
    recording = Recording()

    recording.saturation(85, 60_000, 60_020)
    recording.saturation(85, 0, 60)

    assert [flag.at for flag in recording.flags()] == [moment(30)]


def test_a_reading_out_of_order_is_left_out() -> None:
    recording = Recording()

    recording.saturation(85, 0, 20)
    recording.hear(measured(10, "SPO2", 99, delivery="import"))
    recording.saturation(85, 20, 31)

    assert [flag.at for flag in recording.flags()] == [moment(30)]


def test_two_devices_are_timed_apart() -> None:
    recording = Recording()

    for seconds in range(60):
        recording.hear(measured(seconds, "SPO2", 85, device="oximeter-1", delivery="import"))
        recording.hear(measured(seconds, "SPO2", 97, device="watch-7", delivery="import"))

    (flag,) = recording.flags()
    assert flag.context["device"] == "oximeter-1"


def test_what_lies_on_the_table_is_not_flagged() -> None:
    recording = Recording()
    off = entry(0, Thing("WATCH", "watch-7"), "REPORTS", Thing("WORN"), value=False, delivery="import")

    recording.hear(off)
    recording.saturation(80, 1, 100)

    assert recording.remarks == []


def test_a_persons_profile_and_limit_hold_here_too() -> None:
    recording = Recording()

    recording.carer_sets("PERSON", "maria", profile="low-oxygen")
    recording.saturation(85, 0, 60)
    recording.carer_sets("ALARM", "SPO2_CRIT", value=86, unit="%")
    recording.saturation(85, 60, 100)
    recording.carer_sets("ALARM", "SPO2_CRIT")
    recording.saturation(95, 100, 110)
    recording.saturation(85, 110, 200)

    (flag,) = recording.flags()
    assert flag.context["limit"] == 86.0


def test_a_limit_out_of_its_range_counts_as_the_nearest_in_it() -> None:
    recording = Recording()

    recording.carer_sets("ALARM", "SPO2_CRIT", value=20)
    recording.saturation(80, 0, 60)

    (flag,) = recording.flags()
    assert flag.context["limit"] == 80.0


def test_an_older_setting_does_not_undo_a_newer_one() -> None:
    recording = Recording()
    carer, alarm = Thing("CAREGIVER", "anna"), Thing("ALARM", "SPO2_CRIT")

    recording.hear(entry(-1, carer, "SETS", alarm, person="maria", value=91))
    recording.hear(entry(-9, carer, "SETS", alarm, person="maria", value=80, delivery="import"))
    recording.saturation(90, 0, 60)

    (flag,) = recording.flags()
    assert flag.context["limit"] == 91.0


def test_it_sets_no_timers() -> None:
    rule = LowOxygen()

    assert rule.due() is None
    assert list(rule.fire(moment(0))) == []
