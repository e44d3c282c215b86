"""The grammar by example."""

from datetime import UTC, datetime, timedelta

import pytest

from healthmon.events import Event, Thing
from healthmon.events.sentence import SentenceError, hear, say

MOMENT = datetime(2026, 11, 22, 4, tzinfo=UTC)


def test_a_reading_is_said_as_a_carer_would_say_it() -> None:
    event = Event(
        id="1",
        time=MOMENT,
        subject=Thing("WATCH", "watch-7"),
        verb="MEASURES",
        object=Thing("HR"),
        context={"value": 78, "unit": "/min", "person": "maria"},
    )

    assert say(event) == "WATCH watch-7 MEASURES HR 78 /min OF maria AT 2026-11-22T04:00:00Z"


def test_a_scenario_may_say_after_a_while() -> None:
    spoken = hear("after 10 s  KETTLE kettle-1 PERCOLATES COFFEE 250 mL")

    assert (spoken.after, spoken.context) == (timedelta(seconds=10), {"value": 250, "unit": "mL"})


def test_an_object_may_have_an_id_in_capitals() -> None:
    assert hear("CAREGIVER anna SETS ALARM SPO2_CRIT 86 % OF maria").object == Thing("ALARM", "SPO2_CRIT")


def test_numbers_that_are_ids_are_marked() -> None:
    event = Event(
        id="1", time=MOMENT, subject=Thing("CUSTOMER", "1001"), verb="APPLY", object=Thing("FORM", "3081")
    )

    assert say(event).startswith("CUSTOMER #1001 APPLY FORM #3081 AT")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("WATCH", "expected a verb"),
        ("WATCH w MEASURES", "who or what"),
        ("WATCH w MEASURES HR 78 /min AT noon", "no time"),
        ("WATCH w MEASURES HR 78 /min AT 2026-11-22T04:00:00", "no time"),
        ("WATCH w MEASURES HR 78 /min IN maria", "did not expect"),
        ("after ten s WATCH w MEASURES HR 78", "write after 10 s"),
        ("WATCH w MEASURES HR WITH {broken}", "not JSON"),
    ],
)
def test_a_text_that_is_no_sentence_is_told_where_it_goes_wrong(text: str, hint: str) -> None:
    with pytest.raises(SentenceError, match=hint):
        hear(text)
