"""Scenario files are read in the sentence grammar, and their mistakes are told with the line and the cure."""

from pathlib import Path

import pytest

from devices.errors import DeviceError, DeviceReason
from devices.people import at_home
from devices.stage import shelf
from devices.stage.scenario import read_scenario
from devices.stage.script import Kind
from healthmon.events import Thing
from tests.unit.devices.homes import START, played


def test_comments_and_blank_lines_say_nothing() -> None:
    assert read_scenario("x", "# nothing\n\n   # at all\n").lines == ()


def test_a_line_is_planted_at_its_time_for_its_person() -> None:
    script = played(
        'after 12 min SCENARIO x SETS SPIKE 45 /min OF first WITH {"rise_s":5,"hold_s":115,"fall_s":10}',
        at_home(3),
    )

    spike = script.of("maria", Kind.SPIKE)[0]

    assert (spike.start - START, spike.lasts, spike.amount, spike.rise, spike.fall) == (720, 130, 45, 5, 10)


def test_what_is_not_said_is_as_usual() -> None:
    spike = played("after 1 s SCENARIO x SETS SPIKE 45 OF first", at_home(1)).of("maria", Kind.SPIKE)[0]

    assert (spike.rise, spike.lasts) == (5, 130)


@pytest.mark.parametrize(
    ("people", "word", "who"),
    [
        (3, "first", ["maria"]),
        (3, "second", ["yusuf"]),
        (3, "third", ["xiuying"]),
        (1, "second", ["maria"]),
        (2, "third", ["maria"]),
        (2, "everyone", ["maria", "yusuf"]),
        (3, "xiuying", ["xiuying"]),
    ],
)
def test_placeholders_count_the_people_of_the_run(people: int, word: str, who: list[str]) -> None:
    home = at_home(people)
    script = played(f"after 1 s SCENARIO x SETS REST OF {word}", home)

    assert [person.id for person in home if script.of(person.id, Kind.REST)] == who


def test_a_sentence_of_a_device_is_said_as_it_stands() -> None:
    script = played('after 90 s WATCH watch-1 MEASURES HR 200 /min WITH {"quality":"poor"}', at_home(1))
    at, spoken = script.said[0]

    assert at - START == 90
    assert (spoken.subject, spoken.verb, spoken.object) == (
        Thing("WATCH", "watch-1"),
        "MEASURES",
        Thing("HR"),
    )
    assert spoken.context == {"value": 200, "unit": "/min", "quality": "poor"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("SCENARIO x SETS REST OF first", "after 10 s"),
        ("after 1 s SCENARIO x SETS REST OF first AT 2026-11-22T04:00:00Z", "after 10 s"),
        ("after -5 s SCENARIO x SETS REST OF first", "before the start"),
        ("after ten s SCENARIO x SETS REST OF first", "after 10 s"),
        ("after 1 s SCENARIO x SETS SPKE 45 /min OF first", "did you mean SPIKE?"),
        ("after 1 s SCENARIO x PLANTS SPIKE 45 /min OF first", "SETS"),
        ("after 1 s SCENARIO x SETS SPIKE OF first", "1 to 120 /min"),
        ("after 1 s SCENARIO x SETS SPIKE 500 /min OF first", "1 to 120 /min"),
        ('after 1 s SCENARIO x SETS SPIKE "45" OF first', "1 to 120 /min"),
        ("after 1 s SCENARIO x SETS SPIKE 45 % OF first", "in /min, not %"),
        ("after 1 s SCENARIO x SETS REST 5 OF first", "takes no value"),
        ('after 1 s SCENARIO x SETS SPIKE 45 OF first WITH {"rize_s":5}', "did you mean rise_s?"),
        ('after 1 s SCENARIO x SETS SPIKE 45 OF first WITH {"rise_s":"5"}', "length in seconds"),
        ('after 1 s SCENARIO x SETS SPIKE 45 OF first WITH {"rise_s":-5}', "length in seconds"),
        ('after 1 s SCENARIO x SETS COFFEE 250 mL OF first WITH {"claimed":1}', "yes or no"),
        ('after 1 s SCENARIO x SETS SPIKE 45 OF first WITH {"rise_s":5', "JSON"),
        ("after 1 s SCENARIO x SETS SPIKE 45 /min", "to whom"),
        ("after 1 s SCENARIO x SETS SILENCE OF first", "SETS SILENCE watch-1"),
        ("after 1 s SCENARIO x SETS REST watch-1 OF first", "to whom"),
        ("after 1 s MONITOR FLAGS SPIKE OF maria", "not for a device"),
        ("after 1 s CAREGIVER anna ACKNOWLEDGES ALARM SPO2_CRIT", "only devices speak"),
        ("after 1 s WATCH watch-1 MEASURE HR 70 /min", "did you mean MEASURES?"),
        ("after 1 s WATCH MEASURES HR 70 /min", "no id that fits a topic"),
        ("after 1 s WATCH", "ends too early"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_its_cure(line: str, says: str) -> None:
    with pytest.raises(DeviceError) as told:
        read_scenario("mine", f"# a comment\n\n{line}\n")

    assert told.value.reason is DeviceReason.BAD_SCENARIO
    assert str(told.value).startswith("mine line 3: ")
    assert says in str(told.value)
    assert "\n" not in str(told.value)


def test_somebody_unknown_is_told_with_those_who_are_known() -> None:
    with pytest.raises(DeviceError, match=r"line 1: nobody here is called marya; did you mean maria\?"):
        played("after 1 s SCENARIO x SETS REST OF marya", at_home(1))


@pytest.mark.parametrize("name", shelf.names())
@pytest.mark.parametrize("people", [1, 2, 3, 12])
def test_every_scenario_that_ships_can_be_played(name: str, people: int) -> None:
    home = at_home(people)
    script = shelf.find(name).staged(home, START)

    assert name == "life" or script.of(home[0].id, *Kind)


def test_the_shelf_holds_what_the_manual_names() -> None:
    assert {"ordinary", "quiet", "night", "life"} <= set(shelf.names())


def test_a_scenario_may_be_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.scenario"
    path.write_text("after 1 s SCENARIO mine SETS REST OF everyone\n", encoding="utf-8")

    assert len(shelf.find(str(path)).lines) == 1


def test_a_misspelt_scenario_is_told_with_the_name_that_was_meant() -> None:
    with pytest.raises(DeviceError, match="did you mean ordinary") as told:
        shelf.find("ordnary")

    assert told.value.reason is DeviceReason.NO_SCENARIO


def test_a_file_that_is_no_text_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.scenario"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(DeviceError, match="cannot be read"):
        shelf.find(str(path))
