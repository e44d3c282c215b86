"""A moment is read from text only where it is one, and tells its zone."""

from datetime import UTC, datetime

import pytest

from healthmon.events import Thing
from healthmon.events.moments import moment_of


def test_text_with_a_zone_is_a_moment() -> None:
    assert moment_of("2026-11-22T05:00:00+01:00") == datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.mark.parametrize("said", [None, 7, "", "soon", "2026-11-22T05:00:00", "2026-13-22T05:00:00Z"])
def test_anything_else_is_none(said: object) -> None:
    assert moment_of(said) is None


def test_a_thing_without_an_id_goes_by_its_type() -> None:
    assert (Thing("WATCH", "watch-7").name, Thing("WATCH").name) == ("watch-7", "WATCH")
