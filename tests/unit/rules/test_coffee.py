"""Coffee: much in a day, much at once, late; told of who drank it only when the cup says who that was."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from healthmon.events import Entry, Json, Remark, Thing
from healthmon.rules import Coffee

BERLIN = ZoneInfo("Europe/Berlin")
KETTLE, ANNA, MONITOR = Thing("KETTLE", "kettle-1"), Thing("CAREGIVER", "anna"), Thing("MONITOR")
MARIA, HOUSEHOLD = "maria", None


class Kitchen:
    """A home with a kettle; times are those of a day's wall clock."""

    def __init__(self, zone: ZoneInfo = BERLIN, day: tuple[int, int, int] = (2026, 11, 22)) -> None:
        self.rule = Coffee()
        self.zone, self.day = zone, datetime(*day, tzinfo=zone)
        self.said: list[Remark] = []
        self.hear(MONITOR, "REPORTS", Thing("CONTACTS"), "00:00", zone=str(zone))

    def hear(self, subject: Thing, verb: str, thing: Thing, wall: str, **context: Json) -> None:
        hour, minute = map(int, wall.split(":"))
        at = (self.day.replace(hour=hour) + timedelta(minutes=minute)).astimezone(UTC)
        told = {key: value for key, value in context.items() if value is not None}
        entry = Entry(
            id="", time=at, received=at, subject=subject, verb=verb, object=thing, context=told, offset=0
        )
        self.said += self.rule.observe(entry)

    def boil(self, wall: str, amount: Json = 250, who: str | None = MARIA, **context: Json) -> None:
        self.hear(KETTLE, "PERCOLATES", Thing("COFFEE"), wall, value=amount, person=who, **context)

    def sleeps_from(self, wall: str | None, who: str | None = MARIA) -> None:
        hours: dict[str, Json] = {"from": wall, "to": "07:00"} if wall else {}
        self.hear(ANNA, "SETS", Thing("QUIET_HOURS"), "00:00", person=who, **hours)

    def told(self) -> list[str]:
        return [f"{one.object.id} {one.person or 'household'} {one.context['wall']}" for one in self.said]


def test_more_than_four_hundred_a_day_is_told_once() -> None:
    kitchen = Kitchen()
    for wall in ("06:00", "07:30", "09:00", "10:30", "12:00"):
        kitchen.boil(wall)

    assert kitchen.told() == ["COFFEE_DAY maria 10:30"]
    assert {**kitchen.said[0].context} == {"value": 430, "unit": "mg", "limit": 400.0, "wall": "10:30"}


def test_four_hundred_is_not_more() -> None:
    kitchen = Kitchen()
    for wall in ("06:00", "09:00"):
        kitchen.boil(wall, 465)  # 199.95 mg each

    assert kitchen.said == []


def test_it_is_told_again_the_next_day() -> None:
    kitchen = Kitchen()
    for _ in range(3):
        for wall in ("06:00", "07:30", "09:00", "10:30"):
            kitchen.boil(wall)
        kitchen.day += timedelta(days=1)

    assert kitchen.told() == ["COFFEE_DAY maria 10:30"] * 3


def test_yesterdays_cups_are_not_todays() -> None:
    kitchen = Kitchen()
    for wall in ("06:00", "07:30", "09:00"):
        kitchen.boil(wall)
    kitchen.day += timedelta(days=1)
    kitchen.boil("06:00")

    assert kitchen.said == []


def test_two_hundred_within_the_hour_are_told() -> None:
    kitchen = Kitchen()
    kitchen.boil("08:00")
    kitchen.boil("08:59")

    assert kitchen.told() == ["COFFEE_SINGLE maria 08:59"]
    assert kitchen.said[0].context["value"] == 215


def test_an_hour_apart_are_two_occasions() -> None:
    kitchen = Kitchen()
    kitchen.boil("08:00")
    kitchen.boil("09:00")

    assert kitchen.said == []


def test_a_kettle_that_tells_twice_within_five_minutes_made_one_pot() -> None:
    kitchen = Kitchen()
    kitchen.boil("08:00")
    kitchen.boil("08:05")
    kitchen.boil("08:09", 200)

    assert kitchen.said == []


def test_two_kettles_made_two() -> None:
    kitchen = Kitchen()
    kitchen.boil("08:00")
    kitchen.hear(Thing("KETTLE", "k2"), "PERCOLATES", Thing("COFFEE"), "08:01", value=250, person=MARIA)

    assert kitchen.told() == ["COFFEE_SINGLE maria 08:01"]


def test_what_names_nobody_is_nobodys_day() -> None:
    kitchen = Kitchen()
    for wall in ("06:00", "06:30", "07:00", "07:30"):
        kitchen.boil(wall, 500, HOUSEHOLD)

    assert kitchen.said == []


def test_the_households_coffee_is_late_for_whoever_sleeps_first_and_names_nobody() -> None:
    kitchen = Kitchen()
    kitchen.sleeps_from("23:00")
    kitchen.sleeps_from("21:30", "jan")
    kitchen.boil("12:41", 500, HOUSEHOLD)
    kitchen.boil("12:43", 500, HOUSEHOLD)

    assert kitchen.told() == ["COFFEE_LATE household 12:43"]
    assert {**kitchen.said[0].context} == {
        "value": 8.8,
        "unit": "h",
        "limit": 8.8,
        "bed": "21:30",
        "wall": "12:43",
        "household": True,
    }


def test_half_of_the_cups_being_others_tells_nothing_of_maria() -> None:
    kitchen = Kitchen()
    for wall in ("06:00", "07:30", "09:00"):
        kitchen.boil(wall)
        kitchen.boil(wall, 500, HOUSEHOLD)

    assert kitchen.said == []


@pytest.mark.parametrize(("wall", "told"), [("14:11", []), ("14:13", ["COFFEE_LATE maria 14:13"])])
def test_late_is_less_than_nearly_nine_hours_before_bed(wall: str, told: list[str]) -> None:
    kitchen = Kitchen()
    kitchen.sleeps_from("23:00")
    kitchen.boil(wall)

    assert kitchen.told() == told


def test_late_is_told_once_an_evening_also_when_somebody_is_up_after_bed_time() -> None:
    kitchen = Kitchen()
    kitchen.sleeps_from("23:00")
    kitchen.boil("16:10", 100)
    kitchen.boil("19:00", 100)
    kitchen.day += timedelta(days=1)
    kitchen.boil("01:30", 100)
    kitchen.boil("08:00", 100)
    kitchen.day += timedelta(days=1)
    kitchen.boil("01:30", 100)

    assert kitchen.told() == ["COFFEE_LATE maria 16:10", "COFFEE_LATE maria 01:30"]
    assert kitchen.said[1].context["value"] == 0


def test_without_a_bed_time_nothing_is_late() -> None:
    kitchen = Kitchen()
    kitchen.boil("22:00", 100)
    kitchen.sleeps_from("23:00")
    kitchen.sleeps_from(None)
    kitchen.boil("22:30", 100)

    assert kitchen.said == []


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_old_cups_say_nothing(delivery: str) -> None:
    kitchen = Kitchen()
    kitchen.sleeps_from("23:00")
    kitchen.boil("16:00", 1000, delivery=delivery)

    assert kitchen.said == []


def test_late_cups_count() -> None:
    kitchen = Kitchen()
    kitchen.boil("08:00", 400, delivery="late")
    kitchen.boil("08:30", 100)

    assert kitchen.told() == ["COFFEE_SINGLE maria 08:30"]


@pytest.mark.parametrize("amount", [None, True, "500", -500])
def test_an_amount_that_is_none_is_no_caffeine(amount: Json) -> None:
    kitchen = Kitchen()
    kitchen.boil("08:00", amount)
    kitchen.boil("08:30", 460)

    assert kitchen.said == []


def test_litres_are_understood_and_other_units_are_not() -> None:
    kitchen = Kitchen()
    kitchen.boil("08:00", 500, unit="g")
    kitchen.boil("09:30", 0.5, unit="L")

    assert kitchen.told() == ["COFFEE_SINGLE maria 09:30"]


def test_nobody_but_a_kettle_makes_coffee() -> None:
    kitchen = Kitchen()
    kitchen.hear(ANNA, "PERCOLATES", Thing("COFFEE"), "08:00", value=900, person=MARIA)

    assert kitchen.said == []


def test_a_carer_can_switch_it_off() -> None:
    kitchen = Kitchen()
    kitchen.hear(ANNA, "SETS", Thing("ALARM", "COFFEE_SINGLE"), "07:00", person=MARIA, off=True)
    kitchen.boil("08:00", 500)
    kitchen.hear(ANNA, "SETS", Thing("ALARM", "COFFEE_SINGLE"), "09:00", person=MARIA)
    kitchen.boil("10:00", 500)

    assert kitchen.told() == ["COFFEE_SINGLE maria 10:00", "COFFEE_DAY maria 10:00"]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        (BERLIN, (2026, 3, 29)),
        (BERLIN, (2026, 10, 25)),
        (ZoneInfo("Pacific/Auckland"), (2026, 9, 27)),
        (BERLIN, (2028, 2, 29)),
    ],
)
def test_bed_time_is_a_wall_time_on_every_day(zone: ZoneInfo, day: tuple[int, int, int]) -> None:
    kitchen = Kitchen(zone, day)
    kitchen.sleeps_from("23:00")
    kitchen.boil("14:11", 100)
    kitchen.boil("14:13", 100, "jan")
    kitchen.boil("14:17", 100)

    assert kitchen.told() == ["COFFEE_LATE maria 14:17"]


def test_made_up_drinkers_are_bounded() -> None:
    kitchen = Kitchen()
    for number in range(500):
        kitchen.boil("08:00", who=f"p{number}")

    assert len(kitchen.rule._pots) == 64


def test_a_flood_of_cups_is_bounded() -> None:
    kitchen = Kitchen()
    for number in range(500):
        kettle = Thing("KETTLE", f"k{number}")
        kitchen.hear(kettle, "PERCOLATES", Thing("COFFEE"), "08:00", value=1, person=MARIA)

    assert len(kitchen.rule._pots[MARIA]._pots) == 48


def test_who_is_forgotten_leaves_nothing() -> None:
    kitchen = Kitchen()
    kitchen.sleeps_from("23:00")
    kitchen.boil("08:00", 900)
    kitchen.rule.forget(MARIA)
    told = len(kitchen.said)
    kitchen.boil("16:10", 100)

    assert len(kitchen.said) == told
