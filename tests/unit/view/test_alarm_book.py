"""What the alarm bar promises: worst first, nothing lost, nothing hidden, and who has seen it."""

import pytest

from healthmon.events import Event, Json, Thing
from healthmon.view.screen import AlarmPhase, Delivery, Priority
from tests.unit.view.house import HOUR, MARIA, MINUTE, SECOND, House


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.measure("SPO2", 97)
    made.measure("HR", 78)
    made.look()
    return made


def raised(house: House, alarm: str = "SPO2_CRIT", person: str = "maria", **changes: Json) -> str:
    """This alarm rings; its episode."""
    said: dict[str, Json] = {
        "value": 86,
        "unit": "%",
        "limit": 88,
        "delay_s": 30,
        "priority": "high",
        "episode": f"{alarm}:{person}:1",
        "device": "watch-7",
        "why": "held",
    }
    said |= changes
    house.say(f"MONITOR RAISES ALARM {alarm} OF {person}", context=said)
    return str(said["episode"])


def cleared(house: House, episode: str, *, latched: bool, person: str = "maria") -> None:
    alarm = episode.partition(":")[0]
    house.say(f"MONITOR CLEARS ALARM {alarm} OF {person}", episode=episode, latched=latched)


def acknowledgement(house: House, episode: str, *, id: str = "a1") -> Event:  # noqa: A002
    return Event(
        id=id,
        time=house.clock.now(),
        subject=Thing("CAREGIVER", "anna"),
        verb="ACKNOWLEDGES",
        object=Thing("ALARM", episode.partition(":")[0]),
        context={"person": "maria", "episode": episode},
    )


def test_an_alarm_tells_whom_what_and_since_when(house: House) -> None:
    house.measure("SPO2", 86)
    raised(house)

    line = house.alarm()

    assert line.text == "Oxygen 86 %, at or below 88 for 30 s"
    assert (line.person_name, line.place, line.since) == ("Maria Kowalska", "Living room", house.clock.now())
    assert (line.phase, line.priority, line.delivery) == (AlarmPhase.ACTIVE, Priority.HIGH, Delivery.NONE)


def test_a_high_rate_is_told_as_above(house: House) -> None:
    house.measure("HR", 130)
    raised(house, "HR_HIGH", value=130, unit="/min", limit=120, delay_s=180, priority="medium")

    assert house.alarm().text == "Heart rate 130 bpm, at or above 120 for 3 min"


def test_the_worst_comes_first_whoever_it_is_about(house: House) -> None:
    raised(house, "HR_LOW", priority="low")
    raised(house, "SPO2_LOW", person="jan", priority="medium")
    raised(house, "SPO2_CRIT", priority="high")

    assert [line.priority for line in house.look().alarms] == [Priority.HIGH, Priority.MEDIUM, Priority.LOW]


def test_a_fault_of_a_machine_never_stands_above_a_body_of_the_same_urgency(house: House) -> None:
    raised(house, "FEED_DOWN", priority="medium")
    raised(house, "SPO2_LOW", priority="medium")

    assert [line.text for line in house.look().alarms][1] == "Device silent"


def test_a_new_medium_alarm_stands_above_a_high_one_that_is_seen_to_and_a_low_one_does_not(
    house: House,
) -> None:
    episode = raised(house)
    house.log_event(acknowledgement(house, episode))
    raised(house, "SPO2_LOW", person="jan", priority="medium")
    raised(house, "HR_LOW", priority="low")

    shown = [(line.priority, line.phase) for line in house.look().alarms]

    assert shown == [
        (Priority.MEDIUM, AlarmPhase.ACTIVE),
        (Priority.HIGH, AlarmPhase.ACKNOWLEDGED),
        (Priority.LOW, AlarmPhase.ACTIVE),
    ]


def test_an_acknowledged_alarm_stays_with_the_name_of_who_took_it(house: House) -> None:
    episode = raised(house)
    house.log_event(acknowledgement(house, episode))

    assert (house.alarm().phase, house.alarm().by) == (AlarmPhase.ACKNOWLEDGED, "Anna")


def test_an_alarm_that_ended_seen_is_gone(house: House) -> None:
    episode = raised(house)
    house.log_event(acknowledgement(house, episode))
    cleared(house, episode, latched=False)

    assert house.look().alarms == ()


def test_an_alarm_that_ended_unseen_waits_to_be_seen(house: House) -> None:
    episode = raised(house)
    cleared(house, episode, latched=True)
    waiting = house.alarm().phase
    house.log_event(acknowledgement(house, episode))

    assert waiting is AlarmPhase.LATCHED
    assert house.look().alarms == ()


def test_an_alarm_that_is_over_colours_no_number(house: House) -> None:
    episode = raised(house)
    during = house.oxygen().priority
    cleared(house, episode, latched=True)

    assert (during, house.oxygen().priority, house.row().priority) == (Priority.HIGH, None, None)


def test_an_alarm_colours_its_own_number_only(house: House) -> None:
    raised(house)

    assert (house.rate().priority, house.oxygen().priority) == (None, Priority.HIGH)


def test_the_same_alarm_again_has_one_line(house: House) -> None:
    cleared(house, raised(house), latched=True)
    house.turn(HOUR)
    house.measure("SPO2", 97)
    raised(house, episode="SPO2_CRIT:maria:2")

    assert house.alarm().phase is AlarmPhase.ACTIVE


def test_an_alarm_that_grew_worse_is_not_seen_to_any_more(house: House) -> None:
    episode = raised(house, "SPO2_LOW", priority="medium")
    house.log_event(acknowledgement(house, episode))
    raised(house, "SPO2_LOW", priority="high", why="lasting")

    assert (house.alarm().phase, house.alarm().priority) == (AlarmPhase.ACTIVE, Priority.HIGH)


def test_an_episode_that_goes_on_stays_acknowledged(house: House) -> None:
    episode = raised(house)
    house.log_event(acknowledgement(house, episode))
    cleared(house, episode, latched=False)
    raised(house, why="again", acknowledged_by="anna")

    assert (house.alarm().phase, house.alarm().by) == (AlarmPhase.ACKNOWLEDGED, "Anna")


def test_a_lost_signal_makes_an_alarm_unknown_and_not_over(house: House) -> None:
    episode = raised(house)
    house.say(
        "MONITOR FLAGS ALARM SPO2_CRIT 87 % OF maria",
        episode=episode,
        state="unknown",
        why="taken-off",
        unknown_since=house.clock.now().isoformat(),
    )

    assert house.alarm().phase is AlarmPhase.UNKNOWN
    assert house.alarm().text == "Oxygen unknown since 12:00, last 87 %"


def test_a_signal_that_is_back_makes_it_an_alarm_again(house: House) -> None:
    episode = raised(house)
    since = house.clock.now().isoformat()
    house.say(
        "MONITOR FLAGS ALARM SPO2_CRIT 87 % OF maria", episode=episode, state="unknown", unknown_since=since
    )
    house.say("MONITOR FLAGS ALARM SPO2_CRIT 86 % OF maria", episode=episode, state="known", phase="active")

    assert house.alarm().phase is AlarmPhase.ACTIVE


def test_an_alarm_turns_unknown_even_when_no_recorder_says_so(house: House) -> None:
    raised(house)
    house.pulse = None
    house.turn(61 * SECOND)

    assert house.alarm().phase is AlarmPhase.UNKNOWN
    assert house.alarm().text == "Oxygen unknown since 12:00, last 97 %"


def test_an_alarm_states_no_number_of_now_once_nothing_is_recorded(house: House) -> None:
    raised(house)
    house.turn(12 * SECOND)
    house.beat(alive=False)

    line = house.alarm()

    assert (line.phase, line.headline) == (AlarmPhase.UNKNOWN, "Oxygen unknown")
    assert line.text == "Oxygen unknown since 12:00, last 97 %"
    assert (line.task, line.state) == ("Go and look: nothing is recorded", "")


def test_an_acknowledgement_is_sending_at_once_undelivered_after_2_s_and_settled_when_it_is_back(
    house: House,
) -> None:
    act = acknowledgement(house, raised(house))
    house.look()
    house.desk.said(act)
    at_once = house.alarm()
    house.turn(2 * SECOND)
    late = house.alarm()
    house.log_event(act)
    back = house.alarm()

    assert (at_once.phase, at_once.by, at_once.delivery) == (AlarmPhase.ACTIVE, "Anna", Delivery.SENDING)
    assert late.delivery is Delivery.UNDELIVERED
    assert (back.phase, back.delivery) == (AlarmPhase.ACKNOWLEDGED, Delivery.SETTLED)


def test_two_seconds_are_real_time(house: House) -> None:
    house.look()
    act = acknowledgement(house, raised(house))
    house.desk.said(act)
    house.clock.turn(MINUTE)

    assert house.alarm().delivery is Delivery.SENDING


def test_what_came_back_before_it_was_said_again_is_not_sending(house: House) -> None:
    act = acknowledgement(house, raised(house))
    house.log_event(act)
    house.look()
    house.desk.said(act)

    assert house.alarm().delivery is Delivery.NONE


def test_what_is_not_delivered_is_said_once(house: House) -> None:
    house.desk.said(acknowledgement(house, raised(house)))
    house.turn(3 * SECOND)

    assert house.look().notices == ("Anna has seen: Oxygen very low: not delivered yet, nobody else knows",)
    assert house.look().notices == ()


def test_somebody_elses_acknowledgement_was_not_sent_from_here(house: House) -> None:
    house.log_event(acknowledgement(house, raised(house)))

    assert house.alarm().delivery is Delivery.NONE


def test_an_acknowledgement_of_one_person_does_not_touch_another(house: House) -> None:
    mine, theirs = raised(house), raised(house, person="jan")
    house.log_event(acknowledgement(house, mine))

    phases = {line.episode: line.phase for line in house.look().alarms}

    assert phases == {mine: AlarmPhase.ACKNOWLEDGED, theirs: AlarmPhase.ACTIVE}


def test_an_alarm_without_numbers_or_episode_is_shown_all_the_same(house: House) -> None:
    house.say("MONITOR RAISES ALARM ROOF_ON_FIRE")

    assert (house.alarm().text, house.alarm().priority) == ("Roof on fire", Priority.MEDIUM)


def test_a_snoozed_alarm_says_until_when(house: House) -> None:
    raised(house, "SPO2_LOW", priority="medium")
    house.say("CAREGIVER anna SNOOZES ALARM SPO2_LOW 5 min OF maria")
    until = house.alarm().snoozed_until
    house.turn(5 * MINUTE)

    assert (until, house.alarm().snoozed_until) == (house.clock.now(), None)
