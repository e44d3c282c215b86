"""However often a life is interrupted, and wherever, it says what it would have said without a stop."""

from collections.abc import Callable
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from healthmon.app.keeping.logic import brought_back, kept
from healthmon.events import Entry
from healthmon.pipeline.logic import Logic
from tests.fakes.bad_lives import BadLife, Step
from tests.fakes.stories import fresh_logic, lines

SECONDS = 300
# Each is a life of some minutes, told twice: some in CI, eighty for hunting. The named ones found that
# a whole number was kept as it came, and that a clock that was set right was seen a few readings late.
FEW = settings(max_examples=settings().max_examples // 25)
seeds = st.integers(0, 2**32)


@FEW
@example(3)
@given(seeds)
def test_a_checkpoint_before_any_entry_changes_no_remark(seed: int) -> None:
    _is_told_alike(seed, _returned, often=0.02)


@FEW
@example(3)
@example(12)
@example(19352)
@given(seeds)
def test_a_stranger_who_is_forgotten_before_any_entry_changes_no_remark(seed: int) -> None:
    _is_told_alike(seed, _without_a_stranger, often=0.05)


def _is_told_alike(seed: int, interrupted: Callable[[Logic], Logic], *, often: float) -> None:
    chance, whole, parted = Random(seed), fresh_logic(), fresh_logic()
    for step in BadLife(seed).steps(SECONDS):
        if chance.random() < often:
            parted = interrupted(parted)
        assert list(lines(_told(parted, step))) == list(lines(_told(whole, step)))


def _told(logic: Logic, step: Step) -> list[Entry]:
    if step.is_start:
        return logic.start(step.event, step.received)
    return logic.take(step.event, step.received)


def _returned(logic: Logic) -> Logic:
    found = brought_back([kept(logic)])
    assert found is not None
    return found


def _without_a_stranger(logic: Logic) -> Logic:
    logic.forget("nobody")  # whom nobody knows; all streams are heard anew
    return logic
