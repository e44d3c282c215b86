"""A spike that lasts is told to a carer once, low, and cleared when it is over."""

from healthmon.events import Entry, Remark, Thing
from healthmon.rules import HeartRateSpike, LastingSpike
from tests.unit.rules.stream import Stream, entry, measured, moment

WATCH = Thing("WATCH", "watch-7")


class Both:
    """HeartRateSpike and after it LastingSpike, shown everything as the logic shows it."""

    def __init__(self) -> None:
        self.name = "both"
        self._spike, self.lasting = HeartRateSpike(), LastingSpike()
        self.due, self.fire, self.forget = self.lasting.due, self.lasting.fire, self.lasting.forget

    def observe(self, said: Entry) -> list[Remark]:
        made: list[Remark] = []
        for mark in self._spike.observe(said):
            context = {**mark.context, "person": mark.person}
            told = Entry(
                id="",
                time=mark.at,
                received=said.received,
                subject=Thing("MONITOR"),
                verb=mark.verb,
                object=mark.object,
                context=context,
                offset=0,
            )
            made += self.lasting.observe(told)
        return [*made, *self.lasting.observe(said)]


def rested() -> Stream:
    stream = Stream(Both())
    stream.hold("HR", 60, 0, 400)
    return stream


def test_a_minute_after_its_mark_a_spike_that_lasts_is_raised_once() -> None:
    stream = rested()

    stream.hold("HR", 90, 400, 600)

    (raised,) = stream.remarks
    assert (raised.verb, raised.object, raised.person, raised.at) == (
        "RAISES",
        Thing("ALARM", "HR_SPIKE"),
        "maria",
        moment(476),
    )
    assert raised.context == {
        "value": 90.0,
        "unit": "/min",
        "limit": 75.0,
        "delay_s": 60.0,
        "priority": "low",
        "episode": f"E:maria:{moment(416).isoformat()}",
        "since": moment(416).isoformat(),
        "worst": 90.0,
        "device": "watch-7",
        "why": "held",
    }


def test_half_a_minute_after_coming_back_down_it_is_cleared() -> None:
    stream = rested()
    stream.hold("HR", 90, 400, 600)

    stream.hold("HR", 62, 600, 700)

    cleared = stream.remarks[-1]
    assert stream.verbs() == ["RAISES ALARM HR_SPIKE", "CLEARS ALARM HR_SPIKE"]
    assert (cleared.at, cleared.context["outcome"], cleared.context["latched"]) == (
        moment(629),
        "recovered",
        False,
    )


def test_a_spike_of_half_a_minute_is_a_mark_and_no_alarm() -> None:
    stream = rested()

    stream.hold("HR", 90, 400, 440)
    stream.hold("HR", 62, 440, 700)

    assert stream.remarks == []


def test_a_reading_in_ten_may_be_lower() -> None:
    stream = rested()

    for second in range(400, 600):
        stream.measure(second, "HR", 62 if second > 420 and second % 15 == 0 else 90)

    assert stream.verbs() == ["RAISES ALARM HR_SPIKE"]


def test_who_walks_is_not_told_of() -> None:
    stream = rested()

    stream.measure(395, "STEPS", 80)
    stream.hold("HR", 110, 400, 600)

    assert stream.remarks == []


def test_steps_of_a_while_ago_hold_nothing_back() -> None:
    stream = Stream(Both())
    stream.measure(0, "STEPS", 80)
    stream.hold("HR", 60, 0, 700)

    stream.hold("HR", 110, 700, 800)

    assert stream.verbs() == ["RAISES ALARM HR_SPIKE"]


def test_a_lost_signal_is_told_and_never_cleared() -> None:
    stream = rested()
    stream.hold("HR", 90, 400, 600)

    stream.wait(moment(2_000))
    stream.hold("HR", 90, 2_000, 2_010)

    lost, back = stream.remarks[1:]
    assert (lost.verb, lost.at, lost.context["state"], lost.context["unknown_since"]) == (
        "FLAGS",
        moment(599 + 300),
        "unknown",
        moment(599).isoformat(),
    )
    assert (back.verb, back.at, back.context["state"]) == ("FLAGS", moment(2_000), "known")


def test_old_readings_raise_nothing() -> None:
    stream = Stream(Both())

    for second in range(800):
        stream.hear(measured(second, "HR", 60 if second < 400 else 95, delivery="import", lag=90_000))
    stream.hold("HR", 95, 90_900, 91_200)

    assert stream.remarks == []


def test_a_watch_on_the_table_raises_nothing() -> None:
    stream = rested()
    stream.hold("HR", 90, 400, 420)

    stream.hear(entry(420, WATCH, "REPORTS", Thing("WORN"), value=False))
    stream.hold("HR", 150, 421, 900)

    assert stream.remarks == []


def test_an_erased_person_is_not_spoken_of() -> None:
    stream = rested()
    stream.hold("HR", 90, 400, 600)

    stream.rule.forget("maria")
    stream.wait(moment(2_000))

    assert stream.verbs() == ["RAISES ALARM HR_SPIKE"]


def test_readings_of_somebody_without_a_spike_cost_nothing_and_say_nothing() -> None:
    listen = LastingSpike().listener("MEASURES", "HR")

    assert listen is not None
    assert listen(measured(0, "HR", 90)) is None
    assert LastingSpike().listener("MEASURES", "SPO2") is None


def test_a_mark_and_a_reading_an_hour_later_are_no_spike_that_lasted() -> None:
    stream = rested()
    stream.hold("HR", 90, 400, 420)

    stream.measure(4_000, "HR", 90)
    stream.measure(4_001, "HR", 90)

    assert [one for one in stream.remarks if one.object.type == "ALARM"] == []
