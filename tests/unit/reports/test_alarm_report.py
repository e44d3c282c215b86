"""Each number of the alarm report, on a small log made by hand."""

from datetime import date

import pytest

from healthmon.events import Thing
from healthmon.reports.alarm_report import AlarmFigures, AlarmReport, PersonReport
from healthmon.reports.worn import WornFrom
from tests.unit.reports.alarm_days import ANNA, MONITOR, Days, at, episode_at

DAY = 1440.0


def _report(days: Days, **stretch: float) -> AlarmReport:
    figures = AlarmFigures(**{key: at(minutes) for key, minutes in stretch.items()})
    for entry in days.in_order():
        figures.take(entry)
    return figures.report()


def _maria(days: Days, **stretch: float) -> PersonReport:
    (one,) = _report(days, **stretch).people
    return one


def test_alarms_are_counted_by_worn_day() -> None:
    found = _maria(Days().worn_days(2).raises(10).clears(12, 10).raises(99, "HR_LOW", priority="low"))

    assert (found.worn.days, found.worn.told_by) == (2.0, WornFrom.REPORTS)
    assert (found.alarms.count, found.alarms.per_day, found.by_alarm) == (
        2,
        1.0,
        {"HR_LOW": 1, "SPO2_LOW": 1},
    )


def test_only_high_and_medium_are_audible_and_the_hushed_stand_apart() -> None:
    days = Days().worn_days(1).raises(10).raises(20, "HR_LOW", priority="low")
    found = _maria(days.raises(30, "HR_HIGH", snoozed_until=at(40).isoformat()))

    assert (found.audible.count, found.hushed["snoozed"]) == (1, 1)


def test_without_worn_reports_hours_with_readings_count() -> None:
    found = _maria(Days().reads(1).reads(2).reads(61).reads(200, value=0))

    assert found.worn.told_by is WornFrom.READINGS
    assert found.worn.days == pytest.approx(2 / 24)


def test_a_device_that_falls_silent_is_not_worn() -> None:
    found = _maria(Days().worn(0, worn=True).reads(30).reads(300).reads(330).worn(360, worn=False))

    assert found.worn.days == pytest.approx(90 / DAY)


def test_two_devices_at_once_are_one_person_watched() -> None:
    days = Days().worn_days(1)
    clip = Thing("OXIMETER", "clip")
    days.says(60, clip, "REPORTS", Thing("WORN"), value=True)
    days.says(90, clip, "REPORTS", Thing("WORN"), value=False)

    assert _maria(days).worn.days == 1.0


def test_false_are_only_those_judged_false() -> None:
    days = Days().worn_days(2)
    for minutes, verdict in ((10, "false"), (50, "true"), (90, "unsure"), (130, "")):
        days.raises(minutes, priority="high" if minutes == 10 else "medium").clears(minutes + 1, minutes)
        days.rates(minutes + 2, minutes, verdict)
    found = _maria(days)

    assert (found.judged.true, found.judged.false, found.judged.unsure, found.judged.unjudged) == (1, 1, 1, 1)
    assert (found.judged.precision, found.false.per_day, found.false_high.count) == (0.5, 0.5, 1)
    assert (found.false.low, found.false.high) == pytest.approx((0.01266, 2.78582), abs=1e-5)


def test_how_soon_they_were_answered() -> None:
    days = Days().worn_days(1)
    for number, wait in enumerate((1, 2, 3, 4, 5, 6, 7, 8, 9, 30)):
        begun = 60.0 * number
        days.raises(begun).acknowledges(begun + wait, begun)
    found = _maria(days.raises(700)).answering

    assert (found.answered, found.unanswered, found.median, found.ninetieth) == (10, 1, 330.0, 540.0)


def test_time_in_alarm_leaves_out_what_nobody_knows() -> None:
    days = Days().worn_days(1).raises(0).clears(144, 0)
    alarm = Thing("ALARM", "SPO2_LOW")
    days.says(72, MONITOR, "FLAGS", alarm, episode=episode_at(0), state="unknown")
    days.says(108, MONITOR, "FLAGS", alarm, episode=episode_at(0), state="known")
    found = _maria(days)

    assert found.time_in_alarm == pytest.approx(0.075)
    assert found.unknown_s == 36 * 60


def test_alarms_at_once_are_time_in_alarm_once() -> None:
    days = Days().worn_days(1).raises(0).clears(144, 0).raises(0, "SPO2_CRIT").clears(144, 0, "SPO2_CRIT")

    assert _maria(days).time_in_alarm == pytest.approx(0.1)


def test_technical_alarms_are_nobodys() -> None:
    days = Days().worn_days(1).raises(5, "BATTERY", technical=True, episode="B:1")
    report = _report(days)

    assert (report.technical, report.people[0].alarms.count) == ({"BATTERY": 1}, 0)


def test_a_stretch_counts_what_began_in_it() -> None:
    days = Days().worn_days(3).raises(10).clears(DAY + 5, 10).raises(DAY + 60).raises(2 * DAY + 60)
    found = _maria(days.rates(2 * DAY + 90, DAY + 60, "false"), since=DAY, until=2 * DAY)

    assert (found.alarms.count, found.began_before, found.false.count) == (1, 1, 1)


def test_an_empty_log_comes_to_nobody() -> None:
    assert _report(Days()).people == ()


def test_the_budget_is_kept_by_an_alarm_a_day() -> None:
    days = Days().worn_days(3)
    for number in range(3):
        days.raises(60 + number * DAY)

    assert _maria(days).budget.is_kept is True


def test_a_second_alarm_each_day_breaks_it_from_that_day_on() -> None:
    days = Days().says(0, ANNA, "SETS", Thing("PERSON", "maria"), zone="UTC").worn_days(3)
    for number in range(3):
        days.raises(180 + number * DAY).raises(300 + number * DAY)
    found = _maria(days).budget

    # 22:00 on the 20th is where it begins: two alarms by 03:00 of the 21st.
    assert (found.is_kept, found.broken_since, found.suggests_review) == (False, date(2026, 11, 21), False)


def test_seven_days_of_breach_suggest_a_review() -> None:
    days = Days().worn_days(8)
    for number in range(8):
        days.raises(180 + number * DAY).raises(300 + number * DAY)

    assert _maria(days).budget.suggests_review


def test_false_high_alarms_break_it_too() -> None:
    days = Days().worn_days(3)
    for number in range(2):
        begun = 60 + number * DAY
        days.raises(begun, priority="high").rates(begun + 9, begun, "false")

    assert _maria(days).budget.is_kept is False


def test_nobody_watched_is_no_verdict() -> None:
    assert _maria(Days().raises(1)).budget.is_kept is None
