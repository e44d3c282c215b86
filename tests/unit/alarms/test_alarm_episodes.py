"""Alarms that belong together are one episode: they overlap, or one follows the other at once."""

from tests.unit.alarms.home import Home, desaturated
from tests.unit.rules.stream import moment


def episodes(home: Home) -> list[tuple[str, object, object]]:
    """Which alarm was raised, why, and in which episode."""
    raised = [one for one in home.remarks if one.verb == "RAISES"]
    return [(one.object.id, one.context["why"], one.context["episode"]) for one in raised]


def test_alarms_that_overlap_are_one_episode() -> None:
    home = Home()
    for seconds in range(300):
        home.measure(seconds, "SPO2", 86)
        home.measure(seconds, "HR", 140 if seconds > 100 else 70)

    one = f"E:maria:{moment(0).isoformat()}"
    assert episodes(home) == [
        ("SPO2_CRIT", "held", one),
        ("SPO2_LOW", "held", one),
        ("HR_HIGH_CRIT", "held", one),
        ("HR_HIGH", "held", one),
    ]


def test_another_alarm_within_five_minutes_of_the_end_joins_the_episode() -> None:
    home = desaturated()
    home.hold("SPO2", 97, 31, 62)

    home.hold("HR", 140, 361, 425)

    assert home.times("CLEARS") == [61]
    assert episodes(home)[-1] == ("HR_HIGH_CRIT", "held", f"E:maria:{moment(0).isoformat()}")


def test_another_alarm_after_five_minutes_begins_one_of_its_own() -> None:
    home = desaturated()
    home.hold("SPO2", 97, 31, 62)

    home.hold("HR", 140, 362, 425)

    assert episodes(home)[-1] == ("HR_HIGH_CRIT", "held", f"E:maria:{moment(362).isoformat()}")


def test_an_alarm_that_comes_back_late_in_a_long_episode_is_a_new_one() -> None:
    home = Home()
    for seconds in range(2_000):
        home.measure(seconds, "HR", 140)
        home.measure(seconds, "SPO2", 86 if seconds < 40 or seconds > 1_000 else 97)

    crit = [said for said in episodes(home) if said[0] == "SPO2_CRIT"]
    one = f"E:maria:{moment(0).isoformat()}"
    assert crit == [("SPO2_CRIT", "held", one), ("SPO2_CRIT", "held", one)]


def test_a_lost_signal_does_not_end_the_episode() -> None:
    home = desaturated(41)
    home.device(41, "WORN", value=False)

    for seconds in range(2_000, 2_100):
        home.measure(seconds, "HR", 140, device="strap-1")

    assert episodes(home)[-1] == ("HR_HIGH_CRIT", "held", f"E:maria:{moment(0).isoformat()}")


def test_an_episode_is_one_persons() -> None:
    home = desaturated()

    for seconds in range(31, 100):
        home.measure(seconds, "HR", 140, person="john", device="watch-8")

    assert episodes(home)[-1][2] == f"E:john:{moment(31).isoformat()}"


def test_answering_an_alarm_answers_what_is_not_more_urgent_in_its_episode() -> None:
    home = desaturated(130)
    home.acknowledge(131, "SPO2_CRIT")
    home.hold("SPO2", 97, 132, 170)

    assert home.said("CLEARS", "SPO2_CRIT")[0].context["latched"] is False
    assert home.said("CLEARS", "SPO2_LOW")[0].context["latched"] is False


def test_answering_an_alarm_answers_nothing_more_urgent() -> None:
    home = desaturated(130)
    home.acknowledge(131, "SPO2_LOW")
    home.hold("SPO2", 97, 132, 170)

    assert home.said("CLEARS", "SPO2_CRIT")[0].context["latched"] is True
    assert home.said("CLEARS", "SPO2_LOW")[0].context["latched"] is False


def test_answering_an_episode_answers_nothing_that_comes_later_in_it() -> None:
    home = desaturated(40)
    home.acknowledge(41, "SPO2_CRIT")

    home.hold("SPO2", 86, 42, 130)

    assert "acknowledged_by" not in home.said("RAISES", "SPO2_LOW")[0].context


def test_an_alarm_of_which_nothing_is_known_for_an_hour_holds_no_episode_open() -> None:
    home = desaturated()
    home.until(100)
    assert home.said("FLAGS")[-1].context["state"] == "unknown"

    home.hold("HR", 140, 3_000, 3_100)
    home.hold("HR", 70, 3_100, 3_140)
    home.hold("HR", 140, 4_000, 4_100)

    episodes = [one.context["episode"] for one in home.said("RAISES", "HR_HIGH_CRIT")]
    assert episodes == [f"E:maria:{moment(0).isoformat()}", f"E:maria:{moment(4_000).isoformat()}"]
