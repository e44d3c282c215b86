"""What the event table promises: what matters is in it once, and strangers are told as they are."""

import pytest

from healthmon.view.screen import EventRow, Priority
from tests.unit.view.house import GIVEN, MARIA, MINUTE, SECOND, House


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.look()
    return made


def told(row: EventRow) -> tuple[str, str, str, str]:
    return (row.kind, row.text, row.value, row.context)


def rows(house: House) -> list[EventRow]:
    return list(house.look().new_events)


def test_readings_do_not_flood_the_table(house: House) -> None:
    house.every_second("HR", [78] * 100)
    house.say("WATCH watch-7 MEASURES STEPS 12 /min OF maria")

    assert rows(house) == []


def test_a_row_is_new_once(house: House) -> None:
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 500 mL")

    assert (len(rows(house)), len(rows(house))) == (1, 0)


def test_coffee(house: House) -> None:
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 500 mL")

    assert told(house.newest()) == ("coffee", "Kettle made coffee", "500 ml", "kettle-1")


def test_what_never_arrived(house: House) -> None:
    house.say("MONITOR FLAGS GAP watch-7:b1", first=1012, last=1014, count=3)

    row = house.newest()

    assert told(row) == (
        "device",
        "Not everything arrived",
        "3 messages",
        "watch-7 · numbers 1,012 to 1,014",
    )


def test_a_spike(house: House) -> None:
    house.say("MONITOR FLAGS SPIKE 104 /min OF maria", rise=31.2, baseline_value=72.5, baseline="5min")

    row = house.newest()

    assert told(row) == ("spike", "Heart rate spike", "104 bpm", "+31 over 72")
    assert row.person_name == "Maria Kowalska"


def test_a_spike_over_few_readings_says_so(house: House) -> None:
    house.say("MONITOR FLAGS SPIKE 104 /min OF maria", rise=31, baseline_value=73, baseline="sparse")

    assert house.newest().context == "+31 over 73 · few readings to compare with"


def test_an_alarm_and_its_end(house: House) -> None:
    house.say("MONITOR RAISES ALARM SPO2_CRIT 86 % OF maria", limit=88, delay_s=30, priority="high")
    raised = house.newest()
    house.say("MONITOR CLEARS ALARM SPO2_CRIT 92 % OF maria")

    assert told(raised) == ("alarm", "Oxygen very low", "86 %", "at or below 88 for 30 s")
    assert raised.priority is Priority.HIGH
    assert told(house.newest())[:3] == ("alarm", "Oxygen very low: over", "92 %")


def test_low_oxygen_found_afterwards_rang_no_alarm(house: House) -> None:
    house.say("MONITOR FLAGS DESATURATION SPO2_CRIT 84 % OF maria", limit=88, delay_s=30)

    row = house.newest()

    assert (row.text, row.priority) == ("Oxygen very low, found afterwards", None)


def test_a_signal_that_went_during_an_alarm(house: House) -> None:
    house.say("MONITOR FLAGS ALARM SPO2_CRIT 87 % OF maria", state="unknown", why="taken-off")
    gone = house.newest().text
    house.say("MONITOR FLAGS ALARM SPO2_CRIT 87 % OF maria", state="known", phase="active")

    assert (gone, house.newest().text) == (
        "Oxygen very low: signal lost, device taken off",
        "Oxygen very low: signal back",
    )


def test_what_carers_do(house: House) -> None:
    house.say(GIVEN)
    house.say("CAREGIVER anna ASSIGNS WATCH watch-7")
    house.say("CAREGIVER anna SETS ALARM SPO2_CRIT 86 % OF maria")
    house.say("CAREGIVER anna ACKNOWLEDGES ALARM SPO2_CRIT OF maria", note="I am with her")
    house.say('CAREGIVER anna NOTES PERSON maria "slept badly" OF maria')

    assert [told(row)[1:] for row in rows(house)] == [
        ("Anna gave watch-7 to Maria Kowalska", "", ""),
        ("Anna took watch-7 back", "", ""),
        ("Anna set the limit: Oxygen very low", "86 %", ""),
        ("Anna has seen: Oxygen very low", "", "I am with her"),
        ("Anna: slept badly", "", ""),
    ]


def test_devices_that_come_and_go_are_listed_when_that_changes(house: House) -> None:
    for said in ("ONLINE", "ONLINE", "OFFLINE", "OFFLINE", "ONLINE"):
        house.say(f'WATCH watch-7 REPORTS AVAILABILITY "{said}"')

    assert [row.text for row in rows(house)] == ["Watch connected", "Watch disconnected", "Watch connected"]


def test_a_watch_put_on_and_taken_off(house: House) -> None:
    house.say("WATCH watch-7 REPORTS WORN true OF maria")
    house.say("WATCH watch-7 REPORTS WORN false OF maria")

    assert [row.text for row in rows(house)] == ["Watch put on", "Watch taken off"]


def test_what_else_a_device_measures_is_listed_the_first_time(house: House) -> None:
    for value in (21.5, 21.6, 21.7):
        house.say(f"SENSOR bath MEASURES TEMP {value} Cel")

    (row,) = rows(house)
    assert told(row) == ("device", "SENSOR bath MEASURES TEMP", "21.5 °C", "")


def test_a_switch_is_listed_when_it_switches(house: House) -> None:
    for said in ("ON", "ON", "OFF"):
        house.say(f'PLUG kitchen SWITCHES STATE "{said}"')

    assert [row.value for row in rows(house)] == ["ON", "OFF"]


def test_a_refused_message_says_why_and_where(house: House) -> None:
    house.say(
        "MONITOR REJECTS MESSAGE",
        reason="not-json",
        detail="byte 3",
        topic="healthmon/home/watch-7/event",
        bytes=1200,
    )

    assert told(house.newest()) == (
        "rejected",
        "Message refused: not JSON",
        "1,200 bytes",
        "healthmon/home/watch-7/event · byte 3",
    )


def test_refusals_of_one_kind_are_listed_once_a_minute_with_their_number(house: House) -> None:
    for _ in range(50):
        house.say("MONITOR REJECTS MESSAGE", reason="not-json", topic="t")
    house.turn(MINUTE)
    house.say("MONITOR REJECTS MESSAGE", reason="not-json", topic="t")
    house.say("MONITOR REJECTS MESSAGE", reason="too-large", topic="t")

    assert [row.context for row in rows(house)] == ["t", "t · and 49 more before it", "t"]


def test_a_recorder_that_starts_says_what_started(house: House) -> None:
    house.say("MONITOR STARTS RECORDER", versions={"healthmon": "0.1.0", "rules": 1})

    assert told(house.newest()) == ("recorder", "Recorder started", "", "healthmon 0.1.0 · rules 1")


def test_advice_is_listed_when_it_changes(house: House) -> None:
    for band, value in (("usual", 91), ("usual", 88), ("worth a look", 70), ("worth a look", 66)):
        house.say(f"MONITOR ADVISES ADVICE look {value} OF maria", band=band)
    house.say("MONITOR ADVISES ADVICE not-enough OF maria", why="not-worn")

    assert [(row.text, row.value) for row in rows(house)] == [
        ("Readings: usual", "91"),
        ("Readings: worth a look", "70"),
        ("Readings: not enough data", ""),
    ]


def test_an_unknown_verb_is_told_as_the_sentence_it_is(house: House) -> None:
    house.say('CUSTOMER #1001 APPLY FORM #3081 WITH {"data":"Medical Insurance"}')

    assert told(house.newest()) == ("event", "CUSTOMER 1001 APPLY FORM 3081", "", "data Medical Insurance")


def test_how_it_came_is_said_when_not_live(house: House) -> None:
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 500 mL", delivery="import")

    assert house.newest().context == "kettle-1 · imported"


@pytest.mark.parametrize("hostile", ["a\nb", "a\x1b[31mb", "\u202egnp.exe", "x" * 10_000, "\u2066<b>\u2069"])
def test_text_of_others_is_plain_and_bounded(house: House, hostile: str) -> None:
    house.say("CUSTOMER x APPLY FORM y", note=hostile, person=hostile, value=hostile)

    row = house.newest()

    for text in (row.text, row.value, row.context, row.person_name):
        assert len(text) <= 200
        assert all(letter.isprintable() for letter in text)


def test_events_of_today_are_counted_by_the_readers_day(house: House) -> None:
    before = house.look().events_today
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 500 mL")
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 500 mL", ago=13 * 60 * MINUTE)

    assert house.look().events_today == before + 1


def test_a_flood_of_rows_is_cut_to_what_a_table_holds(house: House) -> None:
    for number in range(6000):
        house.say(f"CUSTOMER #{number} APPLY FORM #1")
    house.turn(SECOND)

    assert len(rows(house)) == 5000


def test_what_the_broker_kept_is_not_listed_again(house: House) -> None:
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 500 mL", delivery="retained")

    assert rows(house) == []


def test_a_device_that_is_there_is_listed_though_the_broker_kept_it(house: House) -> None:
    house.say('WATCH watch-7 REPORTS AVAILABILITY "ONLINE"', delivery="retained")

    assert [row.text for row in rows(house)] == ["Watch connected"]
