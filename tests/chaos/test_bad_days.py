"""Bad days, some seconds of each; `python -m tests.chaos.bad_days full-disk` makes it a minute."""

import pytest

from tests.chaos.bad_days import TROUBLES, in_its_own_world

NOT_HERE = 77


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_bad_day_silences_nobody_and_loses_nothing(trouble: str) -> None:
    day = in_its_own_world(trouble, 8)

    if day.returncode == NOT_HERE:
        pytest.skip(day.stderr)
    assert (day.returncode, day.stdout + day.stderr) == (0, day.stdout)
    assert "every acknowledged event is in the log" in day.stdout
