"""A device that nobody was given rings too; once it is somebody's, what rings is theirs."""

from datetime import datetime

import pytest

from healthmon.events import Entry, Event, Json, Thing
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.monitor import monitor_says
from healthmon.settings import RuleSettings
from tests.unit.rules.stream import moment

WATCH = Thing("WATCH", "watch-7")
ANNA = Thing("CAREGIVER", "anna")


class Hall:
    """A recorder in a house where a watch lies that nobody was given. Its oxygen is 84 % from second 60."""

    def __init__(self) -> None:
        self.logic = Logic(house_rules(RuleSettings()).rules)
        contacts: dict[str, Json] = {"contacts": ["anna", "ben"], "zone": "UTC"}
        self.log = self.logic.take(monitor_says("REPORTS", Thing("CONTACTS"), moment(0), contacts), moment(0))
        self.measures(0, 150)

    def measures(self, since: int, until: int) -> None:
        for second in range(since, until):
            self.says(WATCH, "MEASURES", Thing("SPO2"), second, value=97 if second < 60 else 84, unit="%")

    def says(self, who: Thing, verb: str, thing: Thing, second: int, **context: Json) -> None:
        at: datetime = moment(second)
        name = f"{verb}-{second}"
        event = Event(id=name, time=at, subject=who, verb=verb, object=thing, context=context)
        self.log += self.logic.take(event, at)

    def said(self, verb: str) -> list[Entry]:
        return [entry for entry in self.log if (entry.verb, entry.object.id) == (verb, "SPO2_CRIT")]


def test_what_rang_while_it_was_nobodys_is_over_when_it_is_somebodys() -> None:
    hall = Hall()

    hall.says(ANNA, "ASSIGNS", WATCH, 150, person="maria")

    assert [(entry.person, entry.context["outcome"]) for entry in hall.said("CLEARS")] == [(None, "assigned")]


def test_it_rings_anew_with_their_name() -> None:
    hall = Hall()

    hall.says(ANNA, "ASSIGNS", WATCH, 150, person="maria")
    hall.measures(151, 200)

    assert [entry.person for entry in hall.said("RAISES")] == [None, "maria"]


def test_after_that_nobody_is_called_about_nobody() -> None:
    hall = Hall()
    hall.says(ANNA, "ASSIGNS", WATCH, 150, person="maria")

    hall.log += hall.logic.tick(moment(8_000))

    late = [entry for entry in hall.log if entry.verb == "ESCALATES" and entry.time >= moment(150)]
    assert [entry for entry in late if entry.person is None] == []


@pytest.mark.parametrize(("who", "person"), [(WATCH, "maria"), (ANNA, None)])
def test_nothing_else_ends_it(who: Thing, person: str | None) -> None:
    hall = Hall()

    hall.says(who, "ASSIGNS", WATCH, 150, person=person)

    assert hall.said("CLEARS") == []
