"""What other limits would have come to, on nights made by hand."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from healthmon.alarms import Alarms
from healthmon.alarms.outcome import Change, Outcome, Wish
from healthmon.events import Entry, Json, Thing
from healthmon.reports.whatif import WhatIf, row_of

EVENING = datetime(2026, 11, 20, 20, tzinfo=UTC)
ANNA, WATCH = Thing("CAREGIVER", "anna"), Thing("WATCH", "watch-7")


class Nights:
    """Maria's oxygen, every five seconds since the evening: 97 % but where somebody says otherwise."""

    def __init__(self, hours: float) -> None:
        self._oxygen = [97.0] * int(hours * 720)
        self._acts: list[tuple[float, str, Thing, dict[str, Json]]] = []

    def falls(self, hour: float, to: float, minutes: float) -> "Nights":
        """The oxygen is this low for so long."""
        begin = int(hour * 720)
        self._oxygen[begin : begin + int(minutes * 12)] = [to] * int(minutes * 12)
        return self

    def anna(self, hour: float, verb: str, thing: Thing, **context: Json) -> "Nights":
        """Anna says something about Maria."""
        self._acts.append((hour, verb, thing, context))
        return self

    def entries(self) -> list[Entry]:
        """All of it, in order, with what the monitor said of it."""
        told: list[tuple[float, Thing, str, Thing, dict[str, Json]]] = [
            (number / 720, WATCH, "MEASURES", Thing("SPO2"), {"value": value})
            for number, value in enumerate(self._oxygen)
        ]
        acts = [(hour, ANNA, verb, thing, context) for hour, verb, thing, context in self._acts]
        alarms, made = Alarms(), list[Entry]()
        for hour, subject, verb, thing, context in sorted([*told, *acts], key=lambda one: one[0]):
            at = EVENING + timedelta(hours=hour)
            entry = _entry(len(made), at, (subject, verb, thing), {**context, "person": "maria"})
            made.append(entry)
            for remark in [*alarms.fire(at), *alarms.observe(entry)]:
                said = {**remark.context, "person": "maria"}
                made.append(
                    _entry(len(made), remark.at, (Thing("MONITOR"), remark.verb, remark.object), said, "m:")
                )
        return made

    def what_if(self, wish: Wish) -> Outcome:
        """What would have come of it."""
        return _loaded(self.entries()).of(wish)


def _loaded(entries: Iterable[Entry]) -> WhatIf:
    what_if = WhatIf("maria", Alarms, ZoneInfo("Europe/Berlin"))
    for entry in entries:
        what_if.take(entry)
    return what_if


def _entry(
    offset: int, at: datetime, words: tuple[Thing, str, Thing], context: dict[str, Json], mark: str = "e"
) -> Entry:
    subject, verb, thing = words
    return Entry(
        id=f"{mark}{offset}",
        time=at,
        subject=subject,
        verb=verb,
        object=thing,
        context=context,
        offset=offset,
        received=at,
    )


def test_a_lower_limit_is_fewer_alarms() -> None:
    nights = Nights(12).falls(3, 91, 4).falls(4, 91, 4).falls(5, 86, 4)

    found = nights.what_if({"SPO2_LOW": {"value": 88.0}})

    assert found.alarms == Change(5, 3)  # 86 % is RAPID_DESAT, SPO2_CRIT and SPO2_LOW
    assert [(kind.alarm, kind.alarms) for kind in found.kinds] == [
        ("RAPID_DESAT", Change(1, 1)),
        ("SPO2_CRIT", Change(1, 1)),
        ("SPO2_LOW", Change(3, 1)),
    ]


def test_nights_are_those_of_the_person() -> None:
    # 20:30 in UTC is 21:30 in Berlin: no night yet. 21:30 is 22:30, and of the same evening as 03:00.
    nights = Nights(30).falls(0.5, 91, 4).falls(1.5, 91, 4).falls(7, 91, 4).falls(26, 91, 4)

    found = nights.what_if({"SPO2_LOW": {"value": 88.0}})

    assert [(night.evening, night.alarms) for night in found.nights] == [
        (date(2026, 11, 20), Change(2, 0)),
        (date(2026, 11, 21), Change(1, 0)),
    ]


def test_what_would_be_lost_is_told() -> None:
    nights = Nights(8).falls(3, 91, 4).falls(5, 91, 4)
    raised = [entry for entry in nights.entries() if entry.verb == "RAISES"]
    for hour, entry, verdict in ((6, raised[0], "true"), (7, raised[1], "false")):
        nights.anna(hour, "RATES", Thing("EPISODE", str(entry.context["episode"])), value=verdict)

    found = nights.what_if({"SPO2_LOW": {"value": 88.0}})

    assert found.judged_true == 1
    assert [(lost.episode, lost.alarms) for lost in found.lost] == [
        (raised[0].context["episode"], ("SPO2_LOW",))
    ]


def test_what_still_rings_is_not_lost() -> None:
    nights = Nights(8).falls(3, 86, 4)
    raised = next(entry for entry in nights.entries() if entry.verb == "RAISES")
    nights.anna(6, "RATES", Thing("EPISODE", str(raised.context["episode"])), value="true")

    assert nights.what_if({"SPO2_LOW": {"value": 87.0}}).lost == ()


def test_a_wish_wins_over_what_a_carer_set_meanwhile() -> None:
    nights = Nights(8).falls(5, 91, 4).anna(2, "SETS", Thing("ALARM", "SPO2_LOW"), value=92)

    assert nights.what_if({"SPO2_LOW": {"value": 88.0}}).alarms == Change(1, 0)


def test_what_a_carer_set_of_other_alarms_still_holds() -> None:
    nights = Nights(8).falls(5, 89, 1).anna(2, "SETS", Thing("ALARM", "SPO2_CRIT"), value=90)

    assert nights.what_if({"SPO2_LOW": {"value": 88.0}}).alarms == Change(1, 1)


def test_the_same_wish_is_answered_from_memory() -> None:
    what_if = _loaded(Nights(2).falls(1, 91, 4).entries())

    assert what_if.of({"SPO2_LOW": {"value": 88.0}}) is what_if.of({"SPO2_LOW": {"value": 88.0}})


def test_alarms_are_named_as_one_types_them() -> None:
    row = row_of("spo2-low")

    assert (row is not None and row.id, row_of("spo3")) == ("SPO2_LOW", None)
