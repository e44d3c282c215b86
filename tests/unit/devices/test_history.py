"""A past in a file: the same bytes each time, a life that live readings continue, and its hidden truth."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from devices import history
from devices.cohort import cohort
from devices.errors import DeviceError
from devices.history import Past
from devices.people import Person, at_home
from devices.physiology.body import Body
from devices.stage.script import Script
from devices.things.household import Manner
from devices.things.truth import quality
from healthmon.events import Json, Thing, wire
from healthmon.events.wire import Said
from tests.unit.devices.homes import DAY, START, home, played, said_by

BODY = ("hr", "hr_expected", "spo2", "spo2_base", "ill", "asleep", "steps")


def written(
    people: Iterable[Person],
    *,
    days: float = 1,
    seed: int = 7,
    every: float = 60,
    truth: bool = False,
    script: Script | None = None,
) -> bytes:
    past = Past(START - days * DAY, START, every)
    manner = Manner(seed=seed, boot=past.boot(seed, ""), every=every, claims=True, truth=truth)
    return b"".join(history.lines(tuple(people), script or Script(), manner, past))


def told(lines: bytes) -> list[Said]:
    return [wire.read_said(line)[0] for line in lines.splitlines()]


def context(said: Said) -> dict[str, Json]:
    assert isinstance(said.context, dict)
    return said.context


def test_the_same_past_is_the_same_bytes() -> None:
    assert written(at_home(2)) == written(at_home(2))


def test_another_seed_has_other_ids() -> None:
    once, other = ({one.id for one in told(written(at_home(1), days=0.1, seed=seed))} for seed in (7, 8))

    assert not once & other


def test_more_people_do_not_change_the_first() -> None:
    few, many = (told(written(at_home(count), days=0.5)) for count in (1, 4))
    ours = {"watch-1", "oximeter-1"}

    assert [one for one in few if one.subject.id in ours] == [one for one in many if one.subject.id in ours]  # type: ignore[union-attr]  # our own subjects are things


def test_a_past_begins_with_who_lives_there_and_ends_at_its_end() -> None:
    said = told(written(at_home(2)))
    times = [one.time for one in said]

    assert [one.verb for one in said[:6]] == ["SETS", "ASSIGNS", "ASSIGNS"] * 2
    assert times == sorted(times, key=str)
    assert times[-1] == "2026-11-22T10:00:00Z"
    assert "delivery" not in context(said[-1])


def test_every_reading_says_whose_it_is() -> None:
    said = told(written(at_home(3), days=0.2))

    assert {
        context(one)["person"] for one in said if one.verb == "MEASURES" and one.object != Thing("POWER")
    } == {
        "maria",
        "yusuf",
        "xiuying",
    }


def test_live_readings_continue_the_same_life() -> None:
    # The history up to START and a live run at 1 Hz from a minute before it, where both speak of one moment.
    past = [one for one in told(written(at_home(1), days=0.05)) if one.object == Thing("HR")]
    live = said_by(home(at_home(1)).says(START - 120, START), "watch-1", "HR")

    assert [(context(one)["value"]) for one in past[-2:]] == [value for at, value in live if at % 60 == 0]


def test_coffee_is_in_the_past() -> None:
    cups = [one for one in told(written(at_home(2), days=3)) if one.verb == "PERCOLATES"]

    assert 6 <= len(cups) <= 16
    assert all(context(one)["unit"] == "mL" for one in cups)


def test_a_scenario_may_play_in_a_past() -> None:
    people = at_home(1)
    text = "after 0 s SCENARIO x SETS REST OF first\nafter 5 min SCENARIO x SETS SPIKE 60 /min OF first"
    script = played(text, people, START - 0.01 * DAY)
    rates = [
        one for one in told(written(people, days=0.01, every=1, script=script)) if one.object == Thing("HR")
    ]

    assert context(rates[350])["value"] > context(rates[200])["value"] + 50  # type: ignore[operator]  # numbers


def test_the_truth_is_told_once_a_minute_for_everybody() -> None:
    truths = [
        one
        for one in told(written(at_home(2), days=0.25, every=30, truth=True))
        if one.object == Thing("TRUTH")
    ]

    assert len(truths) == 2 * 360
    assert {str(one.subject) for one in truths} == {"SIMULATOR body"}
    assert set(context(truths[0])) == {"person", "value", "event", "worn", *BODY}


def test_quality_is_100_for_the_usual_and_falls_by_the_formula() -> None:
    person = at_home(1)[0]
    text = (
        "after 0 s SCENARIO x SETS REST OF first\n"
        'after 1 h SCENARIO x SETS DESATURATION 86 % OF first WITH {"fall_s":1,"hold_s":600,"rise_s":1}'
    )
    state = Body(person, 7, played(text, [person])).state(np.arange(START, START + 7200, 10))
    low = (state.at > START + 3605) & (state.at < START + 4190)
    expected = 100 * np.exp(-1.3 * (state.usual_oxygen[low] - state.oxygen[low] - 2.5) / 7)

    assert quality(state)[:300].min() > 90
    assert np.allclose(quality(state)[low], expected, rtol=0.12)
    assert quality(state)[low].max() < 35


def test_a_training_set_holds_every_kind_of_trouble_and_much_that_is_well() -> None:
    truths = [
        context(one)
        for one in told(written(cohort(0, 16), days=12, every=600, truth=True))
        if one.object == Thing("TRUTH")
    ]
    events = [str(one["event"]) for one in truths]
    qualities = np.array([one["value"] for one in truths], dtype=np.float64)

    assert set(events) == {"", "tachycardia", "desaturation", "illness"}
    assert (qualities > 80).mean() > 0.6
    assert 0.02 < (qualities < 60).mean() < 0.25


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    path, seen = tmp_path / "h.jsonl", list[bool]()

    count = history.write(
        str(path), iter([b"a\n", b"b\nc\n"]), tell=lambda _count: seen.append(path.exists())
    )

    assert count == 3
    assert seen == [False, False]
    assert path.read_bytes() == b"a\nb\nc\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="choose another --out"):
        history.write(str(tmp_path / "nowhere" / "h.jsonl"), iter([b"a\n"]), tell=lambda _count: None)
