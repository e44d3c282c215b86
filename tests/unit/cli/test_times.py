"""Moments as people type them."""

import argparse
from datetime import UTC, datetime, timedelta

import pytest

from healthmon.cli.times import moment_before

NOW = datetime(2026, 11, 22, 14, 5, 33).astimezone(UTC)  # in the afternoon wherever this machine stands


def _local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute).astimezone()  # this machine's zone is meant


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2h", NOW - timedelta(hours=2)),
        ("90min", NOW - timedelta(minutes=90)),
        ("1.5d", NOW - timedelta(hours=36)),
        ("2026-11-20T04:00Z", datetime(2026, 11, 20, 4, tzinfo=UTC)),
        ("2026-11-20T04:00+02:00", datetime(2026, 11, 20, 2, tzinfo=UTC)),
        ("2026-11-20 04:00", _local(20, 4)),
        ("2026-11-20", _local(20, 0)),
        ("today", _local(22, 0)),
        ("yesterday", _local(21, 0)),
        ("yesterday 22:00", _local(21, 22)),
        ("today  8:30", _local(22, 8, 30)),
        ("06:15", _local(22, 6, 15)),
    ],
)
def test_a_moment_is_understood(text: str, moment: datetime) -> None:
    assert moment_before(text, NOW) == moment


@pytest.mark.parametrize("text", ["", "soon", "25:00", "yesterday noon", "2026-13-01", "-2h", "2 weeks"])
def test_what_is_no_moment_is_told_with_an_example(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="yesterday 22:00"):
        moment_before(text, NOW)
