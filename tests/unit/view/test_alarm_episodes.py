"""What belongs together is one line, with the worst in front, and says who was called and who is going."""

from datetime import timedelta

import pytest

from healthmon.events import Event, Json, Thing
from healthmon.view.screen import AlarmLine, AlarmPhase, Delivery, Offer, Priority
from tests.unit.view.house import HOUR, MARIA, MINUTE, SECOND, House

EPISODE = "E:maria:2026-11-22T12:00:00+00:00"


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.measure("SPO2", 97)
    made.measure("HR", 78)
    return made


def raised(house: House, alarm: str = "SPO2_CRIT", priority: str = "high", **more: Json) -> None:
    said: dict[str, Json] = {"priority": priority, "episode": EPISODE, "why": "held", "device": "watch-7"}
    house.say(f"MONITOR RAISES ALARM {alarm} 86 % OF maria", context={**said, **more})


def cleared(house: House, alarm: str, *, latched: bool = False) -> None:
    house.say(f"MONITOR CLEARS ALARM {alarm} OF maria", episode=EPISODE, latched=latched)


def says(house: House, act: str, **more: Json) -> None:
    house.say(f"CAREGIVER anna {act} OF maria", context={"episode": EPISODE, **more})


def test_alarms_of_one_episode_are_one_line_with_the_worst_in_front(house: House) -> None:
    raised(house, "SPO2_LOW", "medium")
    raised(house)

    assert (house.alarm().alarm, house.alarm().also) == ("SPO2_CRIT", "also: oxygen low")


def test_an_acknowledgement_answers_whatever_is_not_more_urgent(house: House) -> None:
    raised(house, "SPO2_LOW", "medium")
    raised(house)
    says(house, "ACKNOWLEDGES ALARM SPO2_CRIT")

    assert (house.alarm().phase, house.alarm().state) == (AlarmPhase.ACKNOWLEDGED, "Anna has seen it")


def test_an_acknowledgement_of_the_milder_one_leaves_the_worse(house: House) -> None:
    raised(house, "SPO2_LOW", "medium")
    raised(house)
    says(house, "ACKNOWLEDGES ALARM SPO2_LOW")

    assert (house.alarm().alarm, house.alarm().phase) == ("SPO2_CRIT", AlarmPhase.ACTIVE)


def test_when_the_worst_is_seen_and_over_the_next_is_in_front(house: House) -> None:
    raised(house, "HR_HIGH", "medium", unit="/min", value=130)
    raised(house)
    cleared(house, "SPO2_CRIT")

    assert (house.alarm().alarm, house.alarm().also) == ("HR_HIGH", "")


def test_one_that_is_over_and_not_seen_is_named_so(house: House) -> None:
    raised(house, "HR_HIGH", "medium", unit="/min", value=130)
    raised(house)
    cleared(house, "HR_HIGH", latched=True)

    assert house.alarm().also == "also: heart rate high (over)"


def test_a_note_is_shown_with_who_wrote_it(house: House) -> None:
    raised(house)
    says(house, "ACKNOWLEDGES ALARM SPO2_CRIT", note="the sensor had slipped")

    assert house.alarm().state == "Anna has seen it: “the sensor had slipped”"


def test_somebody_is_going_for_ten_minutes_and_then_it_rings_again(house: House) -> None:
    raised(house)
    says(house, "TAKES ALARM SPO2_CRIT")
    house.turn(2 * MINUTE)
    going = house.alarm()
    house.turn(8 * MINUTE)
    house.measure("SPO2", 86)
    house.say("MONITOR RAISES ALARM SPO2_CRIT OF maria", priority="high", episode=EPISODE, why="unsettled")

    assert (going.phase, going.by, going.state) == (AlarmPhase.TAKEN, "Anna", "Anna is going, 8 min left")
    assert (house.alarm().phase, house.alarm().text) == (AlarmPhase.ACTIVE, "Oxygen 86 %")


def test_the_last_two_minutes_are_counted_in_seconds(house: House) -> None:
    raised(house)
    says(house, "TAKES ALARM SPO2_CRIT", value=90, unit="s")
    house.turn(7 * SECOND)

    assert house.alarm().state == "Anna is going, 1:23 left"


def test_a_snooze_counts_down(house: House) -> None:
    raised(house, "SPO2_LOW", "medium")
    says(house, "SNOOZES ALARM SPO2_LOW", value=15, unit="min")
    house.turn(3 * MINUTE + SECOND)
    house.measure("SPO2", 91)

    assert house.alarm().state == "Snoozed, 12 min left"


@pytest.mark.parametrize(
    ("priority", "more", "offers", "snoozes"),
    [
        ("high", {}, (Offer.ACKNOWLEDGE, Offer.TAKE, Offer.SNOOZE), (2,)),
        ("medium", {}, (Offer.ACKNOWLEDGE, Offer.TAKE, Offer.SNOOZE), (5, 15, 30, 60, 120)),
        ("low", {}, (Offer.ACKNOWLEDGE,), ()),
        ("high", {"floor": True}, (Offer.ACKNOWLEDGE,), ()),
    ],
)
def test_only_what_may_be_answered_is_offered(
    house: House, priority: str, more: dict[str, Json], offers: tuple[Offer, ...], snoozes: tuple[int, ...]
) -> None:
    raised(house, "SPO2_CRIT", priority, **more)

    line = house.alarm()

    assert line.offers == offers
    assert line.snoozes == tuple(timedelta(minutes=minutes) for minutes in snoozes)


def test_what_is_beyond_the_floor_cannot_be_silenced_and_says_so(house: House) -> None:
    raised(house)
    says(house, "SNOOZES ALARM SPO2_CRIT", value=2, unit="min")
    raised(house, why="floor", floor=True)
    says(house, "TAKES ALARM SPO2_CRIT")
    says(house, "SNOOZES ALARM SPO2_CRIT", value=2, unit="min")

    line = house.alarm()

    assert (line.phase, line.state, line.is_floor) == (AlarmPhase.ACTIVE, "Cannot be silenced", True)


def test_what_is_on_its_way_is_offered_no_more(house: House) -> None:
    raised(house, "SPO2_LOW", "medium")
    house.look()
    house.desk.said(
        Event(
            id="a1",
            time=house.clock.now(),
            subject=Thing("CAREGIVER", "anna"),
            verb="TAKES",
            object=Thing("ALARM", "SPO2_LOW"),
            context={"person": "maria", "episode": EPISODE},
        )
    )

    line = house.alarm()

    assert (line.state, line.delivery) == ("Sending…", Delivery.SENDING)
    assert line.offers == (Offer.ACKNOWLEDGE, Offer.SNOOZE)


def called(house: House, contact: str, why: str = "raised") -> str:
    about: dict[str, Json] = {"episode": EPISODE, "contact": contact, "why": why, "priority": "high"}
    return house.say("MONITOR ESCALATES ALARM SPO2_CRIT OF maria", context=about).id


def test_who_was_called_is_told_with_the_time(house: House) -> None:
    raised(house)
    called(house, "anna")
    house.turn(2 * MINUTE)
    called(house, "ben", "unanswered")

    assert house.alarm().calls == "Anna was called 12:00 · Ben was called 12:02"


def test_being_called_makes_no_alarm_more_urgent(house: House) -> None:
    raised(house, "SPO2_LOW", "medium")
    house.say("MONITOR ESCALATES ALARM SPO2_LOW OF maria", episode=EPISODE, contact="ben", priority="high")

    assert house.alarm().priority is Priority.MEDIUM


@pytest.mark.parametrize(
    ("outcome", "told"),
    [("delivered", "Ben was called 12:00, delivered"), ("failed", "message to Ben failed 12:00")],
)
def test_what_became_of_the_message_is_told(house: House, outcome: str, told: str) -> None:
    raised(house)
    cause = called(house, "ben")
    house.say("MONITOR NOTIFIES CONTACT ben", outcome=outcome, cause=cause)

    assert house.alarm().calls == told


def test_a_message_that_was_not_needed_any_more_did_not_fail(house: House) -> None:
    raised(house)
    cause = called(house, "ben")
    house.say("MONITOR NOTIFIES CONTACT ben", outcome="failed", reason="answered", cause=cause)

    assert house.alarm().calls == "message to Ben 12:00 not needed any more"


def line_of(house: House, alarm: str) -> AlarmLine:
    return next(line for line in house.look().alarms if line.alarm == alarm)


def test_device_alarms_name_the_device_and_who_wears_it_and_have_lines_of_their_own(house: House) -> None:
    for device in ("watch-7", "ox-2"):
        house.say(
            "MONITOR RAISES ALARM BATTERY 12 % OF maria",
            technical=True,
            device=device,
            priority="low",
            episode=f"BATTERY:{device}:1",
        )

    assert {line.text for line in house.look().alarms} == {
        "watch-7: battery low, 12 %",
        "ox-2: battery low, 12 %",
    }
    assert line_of(house, "BATTERY").person_name == "Maria Kowalska"


def test_a_device_alarm_colours_no_body(house: House) -> None:
    house.say(
        "MONITOR RAISES ALARM STALE_HR OF maria",
        technical=True,
        device="watch-7",
        priority="medium",
        episode="STALE_HR:watch-7:1",
    )

    assert (house.row().priority, house.rate().priority) == (None, None)


@pytest.mark.parametrize(
    ("alarm", "level"), [("RAPID_DESAT", "was 96 % the minute before"), ("SPO2_DROP", "usually 96 %")]
)
def test_what_is_held_against_a_level_says_which(house: House, alarm: str, level: str) -> None:
    house.measure("SPO2", 86)
    raised(house, alarm, reference=96.2, limit=86, delay_s=0)

    assert house.alarm().text == f"Oxygen 86 %, {level}"


def test_fast_falling_oxygen_colours_oxygen(house: House) -> None:
    raised(house, "RAPID_DESAT")

    assert (house.oxygen().priority, house.rate().priority) == (Priority.HIGH, None)


def test_a_snooze_of_one_direction_hides_nothing_of_the_other(house: House) -> None:
    raised(house, "HR_HIGH", "medium", value=125, unit="/min")
    raised(house, "HR_LOW_CRIT", "high", value=38, unit="/min")
    says(house, "SNOOZES ALARM HR_HIGH", value=5, unit="min")

    assert (house.alarm().alarm, house.alarm().snoozed_until) == ("HR_LOW_CRIT", None)


def test_after_two_hours_of_nothing_a_taken_alarm_is_not_taken_for_ever(house: House) -> None:
    raised(house)
    says(house, "TAKES ALARM SPO2_CRIT", value=600, unit="min")
    house.turn(HOUR)
    house.measure("SPO2", 86)

    assert house.alarm().phase is AlarmPhase.ACTIVE


def test_sound_that_is_paused_is_counted_down_and_a_new_high_alarm_ends_it(house: House) -> None:
    house.say("CAREGIVER anna PAUSES SOUND 2 min")
    house.turn(17 * SECOND)
    paused = house.look().hush
    raised(house)

    assert paused is not None
    assert paused.text == "Sound paused 1:43"
    assert house.look().hush is None


def test_the_alarm_of_a_full_disk_says_it_without_the_banner_and_its_path(house: House) -> None:
    house.beat(problem="No space left on device: a/path/000012.jsonl")
    before = house.look().connection.problem
    house.say(
        "MONITOR RAISES ALARM LOG_NOT_WRITABLE",
        technical=True,
        priority="medium",
        episode="LOG_NOT_WRITABLE:-:1",
        value="overflow",
        reason="disk-full",
    )

    screen = house.look()

    assert (before != "", screen.connection.problem) == (True, "")
    assert "goes to memory, since 12:00" in screen.protection.text
