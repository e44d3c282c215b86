"""Whatever the log holds: the screen depends on it alone, and shows nothing that could deceive."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from healthmon.events import Entry, Json, Thing
from healthmon.view.screen import Freshness, Screen
from tests.unit.view.house import NOON, House, Waiting, plain

names = st.sampled_from(["maria", "jan", None])
devices = st.sampled_from([Thing("WATCH", "watch-1"), Thing("OXIMETER", "ox-1"), Thing("WATCH")])
deliveries = st.sampled_from([None, None, None, "late", "import", "retained"])
moments = st.integers(-7200, 90).map(lambda seconds: NOON + timedelta(seconds=seconds))
numbers = st.one_of(st.integers(0, 260), st.floats(0, 260, allow_nan=False))


@st.composite
def readings(draw: st.DrawFn) -> tuple[Thing, str, Thing, dict[str, Json], datetime]:
    """A heart rate or a saturation, of somebody or of nobody."""
    quantity = draw(st.sampled_from(["HR", "SPO2"]))
    context: dict[str, Json] = {"value": draw(numbers), "unit": "%" if quantity == "SPO2" else "/min"}
    return draw(devices), "MEASURES", Thing(quantity), context, draw(moments)


OTHER_VERBS = (
    *("RAISES", "CLEARS", "FLAGS", "ESCALATES", "NOTIFIES", "ADVISES", "REPORTS", "APPLY"),
    *("ACKNOWLEDGES", "SNOOZES", "TAKES", "PAUSES", "RATES", "HANDS_OVER", "ASSIGNS", "SETS"),
)
OTHER_THINGS = (
    *(
        Thing("ALARM", "SPO2_CRIT"),
        Thing("ALARM", "HR_LOW"),
        Thing("CONTACT", "ben"),
        Thing("EPISODE", "one"),
    ),
    *(Thing("SOUND"), Thing("DUTY"), Thing("WORN"), Thing("WATCH", "watch-1"), Thing("PERSON", "maria")),
    Thing("ADVICE", "usual"),
)
values = st.one_of(st.none(), st.booleans(), numbers, st.text(max_size=5))


@st.composite
def other_events(draw: st.DrawFn) -> tuple[Thing, str, Thing, dict[str, Json], datetime]:
    """Anything else that may stand in a log."""
    context: dict[str, Json] = {
        "value": draw(values),
        "episode": draw(st.sampled_from(["one", "two", None])),
        "priority": draw(st.sampled_from(["high", "medium", "low", None])),
        "latched": draw(st.booleans()),
        "contact": draw(st.sampled_from(["anna", None])),
        "outcome": draw(st.sampled_from(["failed", "delivered", None])),
        "to": draw(st.sampled_from(["ben", None])),
    }
    verb, thing = draw(st.sampled_from(OTHER_VERBS)), draw(st.sampled_from(OTHER_THINGS))
    return draw(devices), verb, thing, context, draw(moments)


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """A short log; received in order, as every log is."""
    told = draw(st.lists(st.one_of(readings(), other_events()), max_size=60))
    entries = []
    for offset, (subject, verb, thing, context, at) in enumerate(told):
        said = {**context, "person": draw(names), "delivery": draw(deliveries)}
        entries.append(
            Entry(
                id=f"e{offset}",
                time=at,
                subject=subject,
                verb=verb,
                object=thing,
                context={key: value for key, value in said.items() if value is not None},
                offset=offset,
                received=NOON - timedelta(seconds=len(told) - offset),
            )
        )
    return entries


def shown(log: list[Entry], *, at_once: int = 3000, ticks: int = 1) -> Screen:
    house = House()
    feed = Waiting(at_once)
    feed.entries = list(log)
    desk = house.new_desk(feed)
    for _ in range(ticks):
        screen = desk.tick()
    return screen


@given(logs(), st.integers(1, 7))
def test_a_screen_is_a_fold_of_the_log_however_it_is_cut(log: list[Entry], at_once: int) -> None:
    assert plain(shown(log)) == plain(shown(log, at_once=at_once))


@given(logs())
def test_looking_again_changes_nothing_but_the_new_rows(log: list[Entry]) -> None:
    once, again = plain(shown(log)), plain(shown(log, ticks=3))

    assert isinstance(once, dict)
    assert isinstance(again, dict)
    assert again.pop("new_events") == () or not log
    once.pop("new_events")
    assert once == again


@given(logs())
def test_a_number_that_is_not_live_is_never_shown_as_if_it_were(log: list[Entry]) -> None:
    for row in shown(log).people:
        for numeral in (row.heart_rate, row.oxygen):
            if numeral.freshness is Freshness.LIVE:
                assert numeral.age is not None
                assert timedelta() <= numeral.age <= timedelta(seconds=60)
                assert numeral.text.isdigit()
            else:
                assert numeral.beyond is None
                assert numeral.change is None


@given(logs())
def test_the_worst_alarm_that_nobody_took_is_never_below_a_lesser_one(log: list[Entry]) -> None:
    ranks = {"high": 0, "medium": 1, "low": 2}
    waiting = [ranks[line.priority] for line in shown(log).alarms if line.phase in {"active", "unknown"}]

    assert waiting == sorted(waiting)


@given(st.text(max_size=400), st.text(max_size=400))
def test_text_from_outside_is_plain_and_bounded(name: str, value: str) -> None:
    entry = Entry(
        id="e",
        time=NOON,
        subject=Thing("CAREGIVER", name),
        verb="SETS",
        object=Thing("PERSON", "maria"),
        context={"person": "maria", "name": name, "place": value, "value": value},
        offset=0,
        received=NOON,
    )

    screen = shown([entry])

    (row,), (person,) = screen.new_events, screen.people
    missing = screen.protection.missing
    for text in (row.text, row.value, row.context, row.person_name, person.name, person.place, *missing):
        assert len(text) <= 200
        assert not any(letter in text for letter in "\n\r\t\x1b\u202e\u2066")
    assert screen.now.tzinfo is UTC
