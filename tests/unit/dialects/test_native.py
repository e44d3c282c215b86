"""Bad input becomes a refusal with a reason; a topic decides who may say what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthmon.dialects import Reading
from healthmon.dialects.native import Native
from healthmon.events import Message, Refusal, TimeSource
from healthmon.pipeline.parser import LARGEST, Parser
from tests.fakes.pipeline import START

WATCH = "healthmon/home/watch-1/event"
ANNA = "healthmon/home/caregiver/anna/event"
PARSER = Parser([Native()])


def _read(payload: bytes | str, topic: str = WATCH, *, retained: bool = False) -> Reading:
    data = payload if isinstance(payload, bytes) else payload.encode()
    return PARSER.parse(Message(topic, data, retained=retained), START)


def _says(verb: str = "MEASURES", subject: str = '"WATCH"', context: str = "78", time: str = "") -> str:
    clause = f', "time": {time}' if time else ""
    return f'{{"subject": {subject}, "verb": "{verb}", "object": "HR", "context": {context}{clause}}}'


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"hello", Refusal.NOT_JSON),
        (b"", Refusal.EMPTY),
        (b"[]", Refusal.EMPTY),
        (b"\xff\xfe\x00", Refusal.NOT_UTF8),
        (b"17", Refusal.WRONG_TYPE),
        (b'{"subject": 3, "verb": "MEASURES", "object": "HR"}', Refusal.WRONG_TYPE),
        (b'{"subject": "WATCH", "object": "HR"}', Refusal.NO_VERB),
        (_says(context="NaN").encode(), Refusal.NOT_JSON),
        (_says(context="1e999").encode(), Refusal.WRONG_TYPE),
        (_says(time='"yesterday"').encode(), Refusal.BAD_TIME),
        (_says(time='"2026-11-22T04:00:00"').encode(), Refusal.BAD_TIME),
        (_says(time="12").encode(), Refusal.BAD_TIME),
        (_says(context="[" * 100_000).encode(), Refusal.TOO_DEEP),
        (b"[" + b" " * 2 * LARGEST + b"]", Refusal.TOO_LARGE),
        (_says(subject='{"type": "WATCH", "id": "watch-2"}').encode(), Refusal.NOT_ALLOWED),
        (_says(subject='"MONITOR"').encode(), Refusal.NOT_ALLOWED),
        (_says(subject='"CAREGIVER"').encode(), Refusal.NOT_ALLOWED),
        (_says(verb="RAISES").encode(), Refusal.NOT_ALLOWED),
        (_says(verb="ACKNOWLEDGES").encode(), Refusal.NOT_ALLOWED),
        (_says(verb="STARTS\\u202e").encode(), Refusal.CONTROL_CHARACTERS),
    ],
)
def test_bad_input_is_refused_with_its_reason(payload: bytes, reason: Refusal) -> None:
    reading = _read(payload)

    assert (reading.events, [refused.reason for refused in reading.refused]) == ((), [reason])


@pytest.mark.parametrize(
    "topic",
    [
        "elsewhere",
        "healthmon/home/monitor/x",
        "healthmon/home/a b/event",
        "healthmon",
        "healthmon/home/x\n/event",
    ],
)
def test_a_topic_that_is_none_of_ours_is_refused(topic: str) -> None:
    assert len(_read(_says(), topic).refused) == 1


def test_a_device_speaks_about_itself() -> None:
    (event,) = _read(_says()).events

    assert (str(event.subject), event.amount, event.unit) == ("WATCH watch-1", 78, "/min")


def test_a_person_speaks_only_as_that_person() -> None:
    said = '{"subject": {"type": "CAREGIVER", "id": "ben"}, "verb": "NOTES", "object": "PERSON"}'

    assert _read(said, ANNA).refused[0].reason is Refusal.NOT_ALLOWED


@pytest.mark.parametrize(("topic", "is_refused"), [(ANNA, False), (WATCH, True)])
def test_a_carer_may_test_contacts_and_sound_and_a_device_may_not(topic: str, *, is_refused: bool) -> None:
    subject = "WATCH" if is_refused else "CAREGIVER"

    reading = _read(f'{{"subject": "{subject}", "verb": "TESTS", "object": "SOUND"}}', topic)

    assert bool(reading.refused) is is_refused


def test_a_device_verb_is_not_for_a_person() -> None:
    said = '{"subject": "CAREGIVER", "verb": "MEASURES", "object": "HR", "context": 200}'

    assert _read(said, ANNA).refused[0].reason is Refusal.NOT_ALLOWED


def test_an_unknown_verb_is_stored_as_sent() -> None:
    assert _read(_says(verb="hums")).events[0].verb == "hums"


def test_one_bad_event_of_an_array_spoils_only_itself() -> None:
    reading = _read(f"[{_says()}, {_says(verb='RAISES')}, {_says(context='79')}]")

    assert ([event.amount for event in reading.events], len(reading.refused)) == ([78, 79], 1)


def test_a_retained_message_is_marked_as_old() -> None:
    assert _read(_says(), retained=True).events[0].context["delivery"] == "retained"


def test_a_device_cannot_call_its_reading_an_import() -> None:
    assert "delivery" not in _read(_says(context='{"value": 80, "delivery": "import"}')).events[0].context


def test_a_clock_that_was_never_set_is_not_believed() -> None:
    (event,) = _read(_says(time='"1970-01-01T00:00:03Z"')).events

    assert (event.time, event.time_source) == (START, TimeSource.RECEIVE)


@pytest.mark.parametrize("value", ["0", "255"])
def test_a_sensor_that_feels_nothing_is_marked_no_signal(value: str) -> None:
    assert _read(_says(context=value)).events[0].context["quality"] == "no-signal"


def test_the_same_words_at_the_same_time_have_one_id() -> None:
    said = _says(time='"2026-11-22T07:59:59Z"')

    assert _read(said).events[0].id == _read(said).events[0].id != ""


@given(st.binary(max_size=200), st.sampled_from([WATCH, ANNA, "healthmon/home/w/status", "x"]))
def test_any_bytes_come_to_events_or_refusals(payload: bytes, topic: str) -> None:
    reading = _read(payload, topic)

    assert len(reading.events) + len(reading.refused) >= 1


def test_what_is_refused_of_an_array_keeps_its_own_bytes_only() -> None:
    reading = _read(f"[{', '.join([_says(verb='RAISES')] * 100)}]")

    assert {len(refused.message.payload) < 200 for refused in reading.refused} == {True}
