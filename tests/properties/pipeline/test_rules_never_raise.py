"""Whatever the parser accepts, no rule of the house raises: one odd event must not stop a recorder."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from healthmon.events import Event, Json, Thing
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings

_values: st.SearchStrategy[Json] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.lists(st.integers(), max_size=2),
)
_KEYS = ["value", "unit", "person", "quality", "profile", "zone", "episode", "until", "delivery"]
_KEYS += ["period_s", "off", "from"]
_VERBS = ["MEASURES", "REPORTS", "PERCOLATES", "SETS", "ASSIGNS", "ACKNOWLEDGES", "SNOOZES", "hums"]
_KINDS = ["HR", "SPO2", "STEPS", "WORN", "AVAILABILITY", "ALARM", "PERSON", "COFFEE", "BATTERY", "DEVICE"]
_KINDS += ["QUIET_HOURS"]
_contexts = st.dictionaries(
    st.sampled_from(_KEYS),
    st.one_of(
        _values, st.sampled_from(["maria", "import", "late", "Europe/Berlin", "athlete", "min", "22:00"])
    ),
    max_size=5,
)
_events = st.builds(
    Event,
    id=st.just(""),
    time=st.datetimes(timezones=st.just(UTC)),
    subject=st.builds(Thing, st.sampled_from(["WATCH", "OXIMETER", "CAREGIVER", "DEVICE"]), st.just("w")),
    verb=st.sampled_from(_VERBS),
    object=st.builds(
        Thing,
        st.sampled_from(_KINDS),
        st.sampled_from(
            ["", "SPO2_CRIT", "maria", "w", "MISSED_ROUTINE", "RHR_RISE", "HR_UNUSUAL", "ODI4", "COFFEE_LATE"]
        ),
    ),
    context=_contexts,
)


@settings(max_examples=60)
@given(st.lists(_events, max_size=12))
def test_no_accepted_event_makes_a_rule_raise(events: list[Event]) -> None:
    logic, now, made = Logic(house_rules(RuleSettings()).rules), datetime(2026, 11, 22, 8, tzinfo=UTC), 0

    for event in events:
        now += timedelta(seconds=7)
        made += len(logic.take(event, now))

    assert made >= len(events)
