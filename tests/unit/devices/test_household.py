"""What a home says depends on seed, people, script and time; not on how or with whom it is asked."""

from datetime import UTC, datetime

import pytest

from devices.people import at_home
from devices.stage import shelf
from devices.things.household import Household, Manner
from devices.things.introduction import introduce
from devices.things.voice import Saying
from healthmon.dialects.native import Native
from healthmon.events import Message, wire
from healthmon.events.topics import device_event, person_event
from tests.unit.devices.homes import START, home, played

SPAN = 900
NOW = datetime.fromtimestamp(START, UTC)


def bytes_of(sayings: list[Saying], *devices: str) -> bytes:
    return wire.write_lines(one.said for one in sayings if not devices or one.device in devices)


def test_the_same_seed_says_the_same_bytes() -> None:
    once, again = (home(at_home(2), seed=5).says(START, START + SPAN) for _ in range(2))

    assert bytes_of(once) == bytes_of(again)


def test_another_seed_says_something_else() -> None:
    once, other = (home(at_home(2), seed=seed).says(START, START + SPAN) for seed in (5, 6))

    assert bytes_of(once) != bytes_of(other)


def test_more_people_do_not_change_what_the_first_ones_devices_say() -> None:
    few, many = (home(at_home(count)).says(START, START + SPAN) for count in (1, 5))

    assert bytes_of(few, "watch-1", "oximeter-1") == bytes_of(many, "watch-1", "oximeter-1")


@pytest.mark.parametrize("tick", [1.0, 12.3, 0.4])
def test_how_time_is_cut_does_not_change_what_is_said(tick: float) -> None:
    people = at_home(1)
    script = shelf.find("ordinary").staged(people, START - 330)  # about the minute of the coffee
    whole = home(people, script).says(START - 0.5, START + 60)
    cut, speaker, at = list[Saying](), home(people, script), START - 0.5
    while at < START + 60:
        cut += speaker.says(at, min(at + tick, START + 60))
        at += tick

    assert bytes_of(cut) == bytes_of(whole)


def test_sayings_come_in_the_order_of_their_times_and_each_id_once() -> None:
    sayings = home(at_home(3)).says(START, START + SPAN)
    times = [one.at for one in sayings]

    assert times == sorted(times)
    assert len({one.said.id for one in sayings}) == len(sayings)


def test_each_device_counts_its_sentences_from_one() -> None:
    sayings = [one.said.id for one in home(at_home(2)).says(START, START + 60) if one.device == "watch-2"]

    assert sayings == [f"watch-2:test:{number}" for number in range(1, len(sayings) + 1)]


def test_a_watch_does_not_know_who_wears_it() -> None:
    sayings = home(at_home(2)).says(START, START + 60)

    assert not any("person" in one.said.context for one in sayings if isinstance(one.said.context, dict))


def test_a_claim_names_the_wearer() -> None:
    manner = Manner(seed=7, boot="x", claims=True)
    sayings = Household(at_home(2), played("", at_home(2)), manner).says(START, START + 5)
    named = {
        (one.device, one.said.context["person"]) for one in sayings if isinstance(one.said.context, dict)
    }

    assert named == {
        ("watch-1", "maria"),
        ("oximeter-1", "maria"),
        ("watch-2", "yusuf"),
        ("oximeter-2", "yusuf"),
    }


def test_a_scenarios_own_sentence_is_said_at_its_time_by_its_device() -> None:
    script = played(
        "after 3 s DOOR door-1 DETECTS OPEN true\nafter 5 s WATCH watch-1 MEASURES HR 200 /min", at_home(1)
    )
    house = home(at_home(1), script)
    sayings = house.says(START - 0.5, START + 6)

    assert "door-1" in house.devices()
    assert [(one.at - START, one.said.id) for one in sayings if ":test-said:" in one.said.id] == [
        (3, "door-1:test-said:1"),
        (5, "watch-1:test-said:1"),
    ]


def test_the_recorder_would_accept_every_sentence() -> None:
    people = at_home(3)
    sayings = home(people, shelf.find("ordinary").staged(people, START)).says(START, START + SPAN)
    carer = introduce(people, "test", START, "2026-11-22T10:00:00Z")
    messages = [Message(device_event("home", one.device), wire.write(one.said)) for one in sayings]
    messages += [Message(person_event("home", one.device), wire.write(one.said)) for one in carer]

    refused = [Native().read(message, NOW).refused for message in messages]

    assert not any(refused)


def test_an_introduction_names_everybody_and_assigns_what_they_wear() -> None:
    said = [one.said for one in introduce(at_home(2), "test", START, "2026-11-22T10:00:00Z")]

    assert [str(one.object) for one in said] == [
        "PERSON maria",
        "WATCH watch-1",
        "OXIMETER oximeter-1",
        "PERSON yusuf",
        "WATCH watch-2",
        "OXIMETER oximeter-2",
    ]
    assert said[0].context == {
        "person": "maria",
        "name": "Maria Kowalska",
        "place": "Living room",
        "profile": "adult",
        "zone": "Europe/Berlin",
    }


def test_slower_devices_speak_on_the_same_seconds() -> None:
    people = at_home(1)
    fast, slow = (home(people, every=every).says(START, START + 600) for every in (1.0, 10.0))
    rates = {one.at: one.said.context for one in fast if str(one.said.object) == "HR"}

    assert all(rates[one.at] == one.said.context for one in slow if str(one.said.object) == "HR")


@pytest.mark.parametrize(("knows", "drinker"), [(False, None), (True, "maria")])
def test_the_kettle_names_the_drinker_only_when_it_knows(knows: bool, drinker: str | None) -> None:
    people = at_home(1)
    script = played("after 200 s SCENARIO x SETS COFFEE 250 mL OF first", people)
    manner = Manner(seed=7, boot="x", claims=True, knows_drinkers=knows)
    sayings = Household(people, script, manner).says(START, START + 300)
    cups = [one.said.context for one in sayings if one.said.verb == "PERCOLATES"]

    assert [cup.get("person") for cup in cups if isinstance(cup, dict)] == [drinker]
