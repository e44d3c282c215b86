"""Remarks of one cause with the same words are all in the log, once each, whatever dies in between."""

from collections import defaultdict
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from healthmon import preserve
from healthmon.events import Entry, Event, Thing
from healthmon.pipeline.derived import Proof
from healthmon.pipeline.logic import Logic, is_remark
from healthmon.pipeline.monitor import monitor_says
from tests.fakes.chatter import Chatter
from tests.fakes.pipeline import at, reading
from tests.fakes.stories import VERSIONS, lines

FEW = settings(max_examples=60)
ROOMS = preserve.Rooms(
    [
        "healthmon.events",
        "healthmon.pipeline.logic",
        "healthmon.pipeline.lateness",
        "healthmon.pipeline.memory",
        "healthmon.pipeline.people",
        "tests.fakes.chatter",
    ]
)

seeds = st.lists(st.integers(0, 2**16), min_size=1, max_size=3)
steps = st.lists(st.sampled_from((0, 0, 1, 3, 20)), min_size=1, max_size=12)  # seconds between readings
places = st.floats(0, 1)


def _logic(seeds: Sequence[int]) -> Logic:
    return Logic([Chatter(f"chatter-{number}", seed) for number, seed in enumerate(seeds)])


def _story(steps: Sequence[int]) -> list[Event]:
    moments = [sum(steps[: number + 1]) for number in range(len(steps))]
    return [reading(70, seconds=second, id=f"w:{number}", person="") for number, second in enumerate(moments)]


def _lived(logic: Logic, story: Sequence[Event]) -> list[Entry]:
    return [entry for event in story for entry in logic.take(event, event.time)]


def _returned(logic: Logic) -> Logic:
    found = ROOMS.brought_back(ROOMS.kept(logic))
    assert isinstance(found, Logic)
    return found


def _counted(entries: Sequence[Entry]) -> list[int]:
    return [int(entry.amount or 0) for entry in entries if is_remark(entry)]


@FEW
@given(st.integers(0, 2**16), steps)
def test_everything_that_a_rule_says_is_in_the_log_in_its_order(seed: int, gaps: list[int]) -> None:
    logic = _logic([seed])

    log = _lived(logic, _story(gaps))

    spoken = logic.rule("chatter-0")
    assert isinstance(spoken, Chatter)
    assert _counted(log) == list(range(1, spoken.said + 1))


@FEW
@given(seeds, steps)
def test_each_has_an_id_of_its_own_and_the_first_has_none_to_tell_it_apart(
    seeds: list[int], gaps: list[int]
) -> None:
    log = _lived(_logic(seeds), _story(gaps))

    equal: dict[str, list[str]] = defaultdict(list)
    for entry in filter(is_remark, log):
        words, _, ordinal = entry.id.partition("~")
        equal[words].append(ordinal)
    assert all(one == ["", *map(str, range(2, len(one) + 1))] for one in equal.values())


@FEW
@given(seeds, steps, places, places)
def test_a_crash_anywhere_with_a_checkpoint_anywhere_leaves_no_trace(
    seeds: list[int], gaps: list[int], crash: float, kept: float
) -> None:
    story = _story(gaps)
    whole = _lived(_logic(seeds), story)
    log = whole[: round(crash * len(whole))]
    parted = round(kept * len(log))

    logic = _logic(seeds)
    logic.learn(log[:parted])
    logic = _returned(logic)
    log += logic.recall(log[parted:], next_offset=len(log))
    logged = {entry.id for entry in log}
    log += _lived(logic, [event for event in story if event.id not in logged])

    assert list(lines(log)) == list(lines(whole))


@FEW
@given(seeds, steps)
def test_all_of_it_follows_again_from_the_log(seeds: list[int], gaps: list[int]) -> None:
    proof = Proof(_logic(seeds), VERSIONS)
    logic = _logic(seeds)
    log = logic.start(_starts(), at(0)) + _lived(logic, _story(gaps))

    for entry in log:
        proof.observe(entry)

    assert (proof.first_difference, proof.stretches[0].derived) == (None, len(_counted(log)))


def _starts() -> Event:
    return monitor_says("STARTS", Thing("RECORDER"), at(0), {"versions": VERSIONS})
