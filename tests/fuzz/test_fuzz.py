"""The parser takes whatever comes: a short hunt in every run, the long one is `python3 dev.py fuzz`.

What the long ones found is kept here, message by message.
"""

import importlib.util
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from healthmon.dialects import Reading
from healthmon.events import Entry, Event, Message, Refusal, wire
from healthmon.imports.json_lines import ImportOptions, read
from healthmon.log.record import line_of
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.parser import Parser
from healthmon.settings import RuleSettings
from tests.fuzz.letters import closed, kept, opened
from tests.fuzz.million import hunt, messages
from tests.fuzz.promises import RECEIVED, BrokenPromiseError, check
from tests.fuzz.seeds import ANNA, WATCH

IS_GUIDED = importlib.util.find_spec("atheris") is not None
SAYS = '{"subject": "WATCH", "verb": "MEASURES", "object": "HR", "context": %s}'
NUMBERED = '{"subject": "W", "verb": "hums", "object": {"type": "N", "id": %s}}'
NOTES = '{"subject": "CAREGIVER", "verb": "NOTES", "object": "PERSON", "context": {"note": "%s"}}'


def test_ten_thousand_messages_by_chance_break_no_promise() -> None:
    outcomes, findings = hunt(10_000, seed=7)

    assert ([str(error) for _, error in findings], outcomes["messages"]) == ([], 10_000)


def test_chance_comes_to_events_and_to_every_kind_of_refusal() -> None:
    outcomes, _ = hunt(10_000, seed=7)

    assert {reason.value for reason in Refusal} - set(outcomes) <= {Refusal.TOO_MANY.value}
    assert outcomes["events"] > 1_000


def test_the_same_seed_makes_the_same_messages() -> None:
    assert list(messages(2_000, seed=3)) == list(messages(2_000, seed=3))


@pytest.mark.parametrize(
    ("payload", "topic", "reason"),
    [
        # One reading with a number that no float holds raised in the rules, again after every restart.
        (SAYS % ("1" + "0" * 400), WATCH, Refusal.BAD_NUMBER),
        (SAYS % '{"value": {"a": [1, 18446744073709551616]}}', WATCH, Refusal.BAD_NUMBER),
        # Nested so deeply that it could be read where it came in, but not where the log is read.
        (SAYS % ("[" * 900 + "]" * 900), WATCH, Refusal.TOO_DEEP),
        (SAYS % ('{"a":' * 17 + "1" + "}" * 17), WATCH, Refusal.TOO_DEEP),
        # An id of a thousand digits is a number, too.
        (NUMBERED % ("9" * 999), WATCH, Refusal.WRONG_TYPE),
        # A refusal's own words quoted what was refused for not being plain.
        ('{"subject": "\u202e", "verb": "SETS", "object": "PERSON"}', ANNA, Refusal.NOT_ALLOWED),
        (SAYS.replace("}", ', "time": "%s"}') % ("78", "\u202e" * 90), WATCH, Refusal.BAD_TIME),
        (SAYS % '{"\u202e": 1}', WATCH, Refusal.CONTROL_CHARACTERS),
        (SAYS % ('{"value": "%s"}' % ("x" * 70_000)), WATCH, Refusal.TOO_LARGE),
        ('{"subject": "WATCH", "verb": "", "object": "HR"}', WATCH, Refusal.WRONG_TYPE),
        # Half a surrogate pair in a topic could not be kept as a dead letter.
        (SAYS % "78", "healthmon/home/watch\udce8/event", Refusal.CONTROL_CHARACTERS),
        (SAYS % "78", "healthmon/home/caregiver/event/\u2028", Refusal.CONTROL_CHARACTERS),
    ],
)
def test_what_was_found_is_refused_with_its_reason(payload: str, topic: str, reason: Refusal) -> None:
    reading = check(Message(topic, payload.encode()))

    assert (reading.events, [refused.reason for refused in reading.refused]) == ((), [reason])


@pytest.mark.parametrize(
    "time",
    [
        "2026-11-22T07:59:59+00:00:30",
        "2026-11-22T07:59:59+23:59:59.999999",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59.999999-14:00",
        "2199-12-31T23:59:59.999999+00:00",
    ],
)
@pytest.mark.parametrize("retained", [False, True])
def test_a_time_at_the_edge_is_written_as_it_is_read(time: str, *, retained: bool) -> None:
    said = SAYS.replace("}", ', "time": "%s"}') % ("78", time)

    assert len(check(Message(WATCH, said.encode(), retained=retained)).events) == 1


def test_a_text_that_is_not_plain_is_made_plain() -> None:
    (event,) = check(Message(ANNA, (NOTES % "fine \\u202e\\n now").encode())).events

    assert event.context["note"] == "fine \ufffd\ufffd now"


def test_one_part_that_is_too_deep_leaves_the_others() -> None:
    said = f"[{SAYS % 78}, {SAYS % ('[' * 50 + ']' * 50)}]"

    reading = check(Message(WATCH, said.encode()))

    assert (len(reading.events), reading.refused[0].reason) == (1, Refusal.TOO_DEEP)


def test_what_the_parser_lets_in_stops_no_rule_and_all_that_follows_can_be_written() -> None:
    logic, heard = Logic(house_rules(RuleSettings()).rules), list[Entry]()

    for place, message in enumerate(messages(3_000, seed=11)):
        for event in check(message).events:
            heard += logic.take(event, RECEIVED + timedelta(seconds=place))

    assert len(heard) > 300
    assert [entry for entry in heard if wire.read_entry(line_of(entry)) != entry] == []


def test_lines_of_a_file_by_chance_come_to_events_or_refusals(tmp_path: Path) -> None:
    path, options = tmp_path / "odd.jsonl", ImportOptions(epoch=RECEIVED)
    path.write_bytes(b"\n".join(message.payload.replace(b"\n", b" ") for message in messages(5_000, seed=5)))
    logic, told = Logic(house_rules(RuleSettings()).rules), Counter[str]()

    for said in read(path, options):
        told[type(said).__name__] += 1
        for entry in logic.take(said, RECEIVED) if isinstance(said, Event) else ():
            assert wire.read_entry(line_of(entry)) == entry

    assert (told["Event"] > 300, told["Rejected"] > 300) == (True, True)


def test_a_broken_promise_is_noticed() -> None:
    class Silent:
        def claims(self, topic: str) -> bool:
            return True

        def read(self, message: Message, received: object) -> Reading:
            return Reading()

    with pytest.raises(BrokenPromiseError, match="nobody accounts for"):
        check(Message(WATCH, b"{"), Parser([Silent()]))


def test_a_letter_is_opened_as_it_was_closed(tmp_path: Path) -> None:
    message = Message("healthmon/home/w\udce8/event", b"{\0}", retained=True)

    assert opened(kept(closed(message), tmp_path).read_bytes()) == message


def test_the_guided_run_reaches_the_lines_of_the_parser(root: Path) -> None:
    words = ["--messages", "3000", "--minutes", "0.03" if IS_GUIDED else "0"]

    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *words], cwd=root, capture_output=True, text=True, check=False
    )

    assert (done.returncode, "covered: " in done.stdout) == (0, True), done.stdout + done.stderr
