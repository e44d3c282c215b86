"""A logic that was kept and brought back goes on exactly as one that has read the whole log."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from healthmon.app.keeping.logic import brought_back, kept
from healthmon.pipeline.derived import Proof
from healthmon.pipeline.logic import Logic
from tests.fakes.stories import VERSIONS, Chapter, Home, chapters, fresh_logic, lines

FEW = settings(max_examples=25)  # each is a story of a thousand readings, told twice


def _returned(logic: Logic) -> Logic:
    found = brought_back([kept(logic)])
    assert found is not None
    return found


@FEW
@given(chapters, chapters, st.lists(st.floats(0, 1), min_size=1, max_size=3))
def test_a_checkpoint_and_the_tail_are_the_full_fold(
    before: list[Chapter], after: list[Chapter], cuts: list[float]
) -> None:
    log = Home().live(before).log
    whole, parted = fresh_logic(), fresh_logic()
    owed = whole.recall(log)

    begun = 0
    for cut in sorted(round(cut * len(log)) for cut in cuts):
        parted.learn(log[begun:cut])
        parted, begun = _returned(parted), cut
    owed_after_parts = parted.recall(log[begun:])

    assert list(lines(owed)) == list(lines(owed_after_parts))
    followed = [Home(logic, log).live(after).log for logic in (whole, parted)]
    assert list(lines(followed[0])) == list(lines(followed[1]))


@FEW
@given(chapters, st.floats(0, 1))
def test_what_a_crash_cut_off_is_owed_after_a_checkpoint_too(story: list[Chapter], cut: float) -> None:
    log = Home().live(story).log
    log = log[: max(1, round(cut * len(log)))]
    whole = fresh_logic()
    owed = whole.recall(log)

    parted = fresh_logic()
    parted.learn(log)
    owed_at_once = _returned(parted).recall([])

    assert list(lines(owed)) == list(lines(owed_at_once))


@FEW
@given(chapters, st.integers(0, 2**16))
def test_ticks_leave_no_trace_in_a_whole_story(story: list[Chapter], seed: int) -> None:
    # What fell due before a crash and was not looked at is never said: there the moment of a tick does count.
    whole = [chapter for chapter in story if chapter.kind not in {"crash", "restart", "sleep"}]

    ticked = Home(ticks=Random(seed)).live(whole).log
    unticked = Home().live(whole).log

    common = min(len(ticked), len(unticked))  # ticks may fire what is due after the last word
    assert list(lines(ticked[:common])) == list(lines(unticked[:common]))


@FEW
@given(chapters, st.integers(0, 2**16))
def test_what_was_derived_live_follows_again_from_the_log(story: list[Chapter], seed: int) -> None:
    log = Home(ticks=Random(seed)).live(story).log
    proof = Proof(fresh_logic(), VERSIONS)

    for entry in log:
        proof.observe(entry)

    assert proof.first_difference is None
