"""What counts as found, masked and false, and that nobody is judged by what was chosen on them."""

import numpy as np
import pytest

from healthmon.evaluation.folds import best, held_out, interval
from healthmon.evaluation.injecting import Injected, Shape
from healthmon.evaluation.judging import AT_ONCE, Copy, Judged, Outcome, judge, tally

STEP = Injected(1_000.0, Shape.STEP, 25.0)
NOTHING = np.zeros(0)


def at(*seconds: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array(seconds, dtype=np.float64)


@pytest.mark.parametrize(
    ("mark", "is_found"), [(999.0, False), (1_000.0, True), (1_030.0, True), (1_031.0, False)]
)
def test_a_step_is_found_by_a_mark_within_thirty_seconds(mark: float, is_found: bool) -> None:
    (one,) = judge([STEP], at(mark), NOTHING, AT_ONCE, 0.0).events

    assert one.is_found is is_found


def test_what_was_marked_anyway_is_masked_and_missed() -> None:
    copy = judge([STEP], at(1_010.0), at(1_020.0), AT_ONCE, 0.0)

    told = tally([Outcome("p1", 1.0, 1, (copy,))])
    assert (told.events, told.found, told.masked) == (1, 0, 1)
    assert (told.recall, told.recall_unmasked) == (0.0, None)


def test_sparse_readings_lengthen_the_windows_by_the_time_between_them() -> None:
    (one,) = judge([STEP], at(1_080.0), NOTHING, AT_ONCE, 60.0).events

    assert one.is_found


def test_marks_that_fit_no_event_are_counted_apart() -> None:
    copy = judge([STEP], at(10.0, 1_010.0), NOTHING, AT_ONCE, 0.0)

    assert (copy.marks, copy.fitting) == (2, 1)


def outcome(name: str, *, found: int, of: int, false: int) -> Outcome:
    events = tuple(Judged(STEP, 5.0 if number < found else None, False) for number in range(of))
    return Outcome(name, 1.0, false, (Copy(events, found, found),))


def test_the_fewest_false_marks_with_enough_recall_are_best() -> None:
    trials = {
        10.0: [outcome("a", found=10, of=10, false=5)],
        20.0: [outcome("a", found=9, of=10, false=2)],
        30.0: [outcome("a", found=5, of=10, false=0)],
    }

    assert best(trials, 0.9) == 20.0
    assert best(trials, 1.1) == 10.0


def test_nobody_is_judged_by_a_limit_that_was_chosen_on_them() -> None:
    # The loud one's marks make 20 look better; without them 10 has the same marks and more recall.
    trials = {
        10.0: [outcome("quiet", found=10, of=10, false=0), outcome("loud", found=10, of=10, false=9)],
        20.0: [outcome("quiet", found=5, of=10, false=0), outcome("loud", found=10, of=10, false=0)],
    }

    pooled = held_out(trials, 2, 0.9)

    assert pooled.chosen == (20.0, 10.0)
    assert (pooled.tally.found, pooled.tally.false) == (15, 9)


def test_an_interval_of_equal_people_is_a_point() -> None:
    found = interval(lambda people: float(len(people)), 5)

    assert (found.value, found.low, found.high) == (5.0, 5.0, 5.0)
