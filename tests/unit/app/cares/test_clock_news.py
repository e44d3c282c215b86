"""A clock that was set back is told once, and once when it has caught up."""

from datetime import timedelta

from healthmon.app.cares.clock_news import ClockNews

HOUR = timedelta(hours=1)


def _told(*behind: timedelta) -> list[object]:
    news = ClockNews()
    return [news.look(one) for one in behind]


def test_an_hour_behind_is_told_once_and_so_is_that_it_has_caught_up() -> None:
    told = _told(timedelta(), HOUR, HOUR, timedelta(), timedelta())

    assert told == [None, {"value": "behind", "behind_s": 3600.0}, None, {"value": "well"}, None]


def test_a_few_seconds_are_no_news() -> None:
    assert _told(timedelta(seconds=5), timedelta()) == [None, None]


def test_it_has_not_caught_up_before_it_is_there() -> None:
    assert _told(HOUR, timedelta(seconds=1))[1] is None
