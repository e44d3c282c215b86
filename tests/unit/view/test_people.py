"""What the list of people promises: everybody who is measured is in it, and nobody moves about."""

from math import isnan

from tests.unit.view.house import GIVEN, MARIA, MINUTE, SECOND, House


def names(house: House) -> list[str]:
    return [row.name for row in house.look().people]


def test_a_person_has_the_name_and_place_a_carer_gave() -> None:
    house = House()
    house.say(MARIA)

    assert (house.row().name, house.row().place) == ("Maria Kowalska", "Living room")


def test_a_person_nobody_described_is_called_by_their_id() -> None:
    house = House()
    house.measure("HR", 78, person="jan")

    assert names(house) == ["Jan"]


def test_people_stay_in_the_order_they_came() -> None:
    house = House()
    for person in ("maria", "jan", "aiko", "jan", "maria"):
        house.measure("HR", 78, person=person)

    assert names(house) == ["Maria", "Jan", "Aiko"]


def test_a_device_of_nobodys_has_a_row_of_its_own_until_it_is_given_to_somebody() -> None:
    house = House()
    house.say("WATCH watch-7 MEASURES HR 78 /min")
    (before,) = house.look().people
    house.say(GIVEN)
    house.measure("HR", 78)

    assert (before.name, before.place) == ("watch-7", "not assigned to anybody")
    assert names(house) == ["Maria"]


def test_a_watch_without_a_name_is_a_watch() -> None:
    house = House()
    house.say("WATCH MEASURES HR 78 /min")

    assert names(house) == ["Watch"]


def test_a_watch_given_to_somebody_else_leaves_the_first_person_unknown() -> None:
    house = House()
    house.measure("HR", 78, person="maria")
    house.turn(MINUTE)
    house.measure("HR", 60, person="jan")

    assert house.row("maria").status == "unknown since 12:00"
    assert house.row("jan").heart_rate.text == "60"


def test_taking_off_a_watch_that_somebody_else_wears_now_is_not_the_first_persons_news() -> None:
    house = House()
    house.measure("HR", 78, person="maria")
    house.turn(MINUTE)
    house.measure("HR", 60, person="jan")
    house.say("WATCH watch-7 REPORTS WORN false OF jan")

    assert house.row("maria").status == "unknown since 12:00"
    assert house.row("jan").status == "not worn since 12:01"


def test_the_status_is_one_word_or_one_reason() -> None:
    house = House()
    house.say(MARIA)
    never = house.row().status
    house.measure("HR", 78)
    live = house.row().status
    house.turn(2 * MINUTE)

    assert (never, live, house.row().status) == ("no readings yet", "live", "unknown since 12:00")


def test_the_spark_is_sixty_half_minutes_with_holes_where_nothing_was_measured() -> None:
    house = House()
    house.every_second("HR", [80] * 29)
    house.turn(61 * SECOND)
    house.every_second("HR", [90])

    spark = house.row().spark

    assert len(spark) == 60
    assert (spark[-1], spark[-4]) == (90, 80)
    assert isnan(spark[-2])


def test_the_spark_stays_the_same_object_while_nothing_changes() -> None:
    house = House()
    house.measure("HR", 78)

    assert house.row().spark is house.row().spark
