"""Forgetting a person changes nothing that is said of others, and leaves nothing of the person behind."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from healthmon import preserve
from healthmon.app.keeping import logic as keeping
from healthmon.events import Context, Entry, Event, Thing
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings

START = datetime(2026, 11, 22, 4, tzinfo=UTC)
PEOPLE = ("maria", "jan", "SPIKE")  # the last is named like something the monitor says


def told(second: int, who: str, what: str, value: int, delivery: str | None) -> Event:
    """A reading of somebody's, or a carer's word about them."""
    context: Context = {"person": who, "value": value}
    if delivery:
        context = {**context, "delivery": delivery}
    if what == "SETS":
        subject, verb, thing = Thing("CAREGIVER", "anna"), "SETS", Thing("ALARM", "SPO2_CRIT")
    else:
        subject, verb, thing = Thing("WATCH", f"watch of {who[0]}"), "MEASURES", Thing(what)
    return Event(
        id=f"{who[0]}:{second}",
        time=START + timedelta(seconds=second),
        subject=subject,
        verb=verb,
        object=thing,
        context=context,
    )


@st.composite
def homes(draw: st.DrawFn) -> list[Event]:
    """Some minutes of three people whose values leap and fall."""
    events, second = [], 0
    for _ in range(draw(st.integers(5, 25))):
        who = draw(st.sampled_from(PEOPLE))
        what, low, high = draw(st.sampled_from([("HR", 40, 190), ("SPO2", 78, 99), ("SETS", 80, 92)]))
        value = draw(st.integers(low, high))
        delivery = draw(st.sampled_from([None, None, None, "late", "import"]))
        for _ in range(1 if what == "SETS" else draw(st.sampled_from([1, 5, 40]))):
            second += draw(st.integers(1, 4))
            events.append(told(second, who, what, value, delivery))
    return events


def about(entries: list[Entry], who: str) -> list[object]:
    """What was remarked of somebody, without the numbers of where it stands."""
    remarks = [one for one in entries if one.subject.type == "MONITOR" and one.person == who]
    return [(one.verb, one.object, one.time, dict(one.context)) for one in remarks]


@settings(max_examples=40)
@given(events=homes(), place=st.floats(0, 1))
def test_what_is_said_of_others_stays_the_same(events: list[Event], place: float) -> None:
    then = int(place * len(events))
    rules = RuleSettings()
    one, other = Logic(house_rules(rules).rules), Logic(house_rules(rules).rules)
    for event in events[:then]:
        one.take(event, event.time)
        other.take(event, event.time)
    one.forget("maria")
    after = [entry for event in events[then:] for entry in one.take(event, event.time)]
    usual = [entry for event in events[then:] for entry in other.take(event, event.time)]

    assert about(after, "jan") == about(usual, "jan")
    assert about(after, "SPIKE") == about(usual, "SPIKE")


@settings(max_examples=20)
@given(events=homes())
def test_nothing_of_them_is_left(events: list[Event]) -> None:
    logic = Logic(house_rules(RuleSettings()).rules)
    for event in events:
        logic.take(event, event.time)
    logic.forget("maria")

    kept = preserve.unpressed(keeping.kept(logic))
    assert b"maria" not in kept.replace(b"watch of ", b"")
    assert "maria" not in {entry.person for entry in logic.tick(START + timedelta(days=2))}
