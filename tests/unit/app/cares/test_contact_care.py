"""The recorder knows whom to call, keeps them when a file is spoiled, and tells ids only."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from healthmon.alarms import OpenCall, Pending
from healthmon.alarms.calls.pending import NOT_NEEDED
from healthmon.alarms.classes import Priority
from healthmon.alarms.states import Answer
from healthmon.app.cares.contact_care import ContactCare
from healthmon.notify.contacts import FILE, ContactsFile
from healthmon.notify.courier import ANSWERED, OVER
from healthmon.notify.letter import Letter, Urgency
from healthmon.notify.words import Privacy, Words
from tests.unit.notify.desk import AWAY, TOOK, Flown

AT = datetime(2026, 11, 22, 2, 12, tzinfo=UTC)


class Desk:
    """A care whose children are the test's, and its turned real time."""

    def __init__(self, data: Path, privacy: Privacy = Privacy.FULL) -> None:
        self.now = 0.0
        self.flights: list[Flown] = []
        self.care = ContactCare(
            ContactsFile(data), Words(privacy, zone=UTC), launch=self._launch, now=lambda: self.now
        )

    def news(self, *, after: float = 0.0) -> dict[str, object] | None:
        """What there is to tell so many seconds later."""
        self.now += after
        told = self.care.news()
        return None if told is None else {key: told[key] for key in ("contacts", "problem") if key in told}

    def _launch(self, sent: Letter) -> Flown:
        self.flights.append(Flown(sent))
        return self.flights[-1]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A home with anna and ben in its file."""
    ContactsFile(tmp_path).add("anna", "ntfy://topic")
    ContactsFile(tmp_path).add("ben", "json://hook/secret-path")
    return Desk(tmp_path)


def call(cause: str = "m:1", contact: str = "anna", **changes: object) -> Pending:
    """A call about Maria's oxygen."""
    said: dict[str, object] = {"alarm": "SPO2_CRIT", "person": "maria", "episode": "E:maria:x"}
    said |= {"priority": Priority.HIGH, "value": 86, "unit": "%", "limit": 88.0, **changes}
    return Pending(cause, contact, "raised", AT, **said)  # type: ignore[arg-type]  # a test's shorthand


def is_open(answer: Answer, episode: str = "E:maria:x") -> OpenCall:
    """Maria's alarm, and whether anybody has answered it."""
    return OpenCall(
        alarm="SPO2_CRIT",
        person="maria",
        device="watch-1",
        episode=episode,
        priority=Priority.HIGH,
        is_floor=False,
        is_unknown=False,
        answer=answer,
        answered_by="ben",
        until=None,
        next_at=None,
    )


def test_contacts_are_told_at_the_start_and_when_they_change(desk: Desk, tmp_path: Path) -> None:
    first, again = desk.news(), desk.news(after=1.0)
    ContactsFile(tmp_path).add("cleo", "ntfy://cleo")

    assert (first, again) == ({"contacts": ["anna", "ben"]}, None)
    assert desk.news(after=1.0) == {"contacts": ["anna", "ben", "cleo"]}


def test_a_home_without_contacts_says_so(tmp_path: Path) -> None:
    assert Desk(tmp_path).news() == {"contacts": []}


def test_the_zone_of_the_home_is_told(desk: Desk) -> None:
    told = desk.care.news() or {}

    assert isinstance(told["zone"], str)
    assert told["zone"]


def test_a_spoiled_file_is_told_and_those_known_are_called_on(desk: Desk, tmp_path: Path) -> None:
    desk.news()
    (tmp_path / FILE).chmod(0o644)

    news = desk.news(after=1.0)
    desk.care.look([call()], dict)

    assert news == {"contacts": ["anna", "ben"], "problem": "not-private"}
    assert "chmod 600" in desk.care.problem
    assert len(desk.flights) == 1


def test_one_slip_does_not_silence_the_calls_to_the_others(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_text(file.read_text("utf-8") + '\n["uncle joe"]\nreach = "ntfy://joe"\n', "utf-8")

    told = desk.care.news() or {}
    desk.care.look([call()], dict)

    assert (told["contacts"], told["value"], told["problem"]) == (["anna", "ben"], "some", "bad-name")
    assert "'uncle joe' cannot be a contact" in desk.care.problem
    assert len(desk.flights) == 1


def test_how_many_can_be_called_is_told_in_a_word(desk: Desk, tmp_path: Path) -> None:
    said = [(desk.care.news() or {}).get("value")]
    for text in ("no toml", "", '[anna]\nreach = ["ntfy://topic", "none"]\n'):
        (tmp_path / FILE).write_text(text, "utf-8")
        desk.now += 1.0
        said.append((desk.care.news() or {}).get("value"))

    assert said == ["well", "unusable", "nobody", "some"]


def test_a_mended_file_is_no_problem_any_more(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / FILE).chmod(0o644)
    desk.news()
    (tmp_path / FILE).chmod(0o600)

    assert (desk.news(after=1.0), desk.care.problem) == ({"contacts": ["anna", "ben"]}, "")


def test_a_call_is_sent_with_its_numbers_and_name_and_its_end_is_told_once(desk: Desk) -> None:
    desk.news()
    desk.care.look([call()], lambda: {"maria": "Maria Kowalska"})
    desk.flights[0].answer = (TOOK,)
    desk.care.look([call()], dict)

    told, later = desk.care.settled(), desk.care.settled()

    assert "Maria Kowalska: oxygen very low, 86 % (limit 88 %)." in desk.flights[0].letter.text
    assert desk.flights[0].letter.urgency is Urgency.HIGH
    assert [(one.contact, one.context) for one in told] == [
        (
            "anna",
            {
                "cause": "m:1",
                "outcome": "delivered",
                "attempts": 1,
                "channel": "mailto",
                "alarm": "SPO2_CRIT",
                "episode": "E:maria:x",
                "person": "maria",
            },
        )
    ]
    assert later == []


def test_who_is_asked_to_come_when_somebody_is_there_is_not_asked(desk: Desk) -> None:
    desk.news()
    seen, other = is_open(Answer.ACKNOWLEDGED), is_open(Answer.UNANSWERED, episode="E:maria:y")
    recovered = Pending(
        "m:3", "anna", "recovered", AT, alarm="SPO2_CRIT", person="maria", episode="E:maria:x"
    )
    desk.care.look([call(), call("m:2", "ben", episode="E:maria:y"), recovered], dict, lambda: [seen, other])

    assert [(one.contact, one.context.get("reason")) for one in desk.care.settled()] == [("anna", "answered")]
    assert [one.letter.subject[:5] for one in desk.flights] == ["ALARM", "Over:"]


def test_the_courier_and_the_calls_call_it_by_the_same_words() -> None:
    assert {ANSWERED, OVER} == NOT_NEEDED


def test_an_outage_that_outlasts_the_episode_leaves_one_message_which_says_that_it_is_over(
    desk: Desk,
) -> None:
    desk.news()
    low, worse = call(alarm="SPO2_LOW"), call("m:2")
    desk.care.look(
        [low, worse],
        dict,
        lambda: [is_open(Answer.UNANSWERED), replace(is_open(Answer.UNANSWERED), alarm="SPO2_LOW")],
    )
    for flight in desk.flights:
        flight.answer = (AWAY,)
    desk.now = 600.0
    recovered = Pending(
        "m:3", "anna", "recovered", AT, alarm="SPO2_CRIT", person="maria", episode="E:maria:x"
    )
    for _ in range(3):
        desk.care.look([low, worse, recovered], dict, list)

    assert [one.letter.subject[:5] for one in desk.flights[2:]] == ["Over:"]
    assert [one.context.get("reason") for one in desk.care.settled()] == ["over", "over"]


def test_a_device_that_another_wears_by_now_is_still_told_of(desk: Desk) -> None:
    desk.news()
    silent = call(alarm="DEVICE_SILENT", person="maria", device="watch-1", episode="DEVICE_SILENT:watch-1:x")
    worn = replace(
        is_open(Answer.UNANSWERED, silent.episode), alarm="DEVICE_SILENT", person="joe", device="watch-1"
    )
    desk.care.look([silent], dict, lambda: [worn])

    assert len(desk.flights) == 1


def test_a_weekly_test_is_sent_as_a_test(desk: Desk) -> None:
    desk.news()
    desk.care.look([Pending("m:2", "ben", "weekly", AT)], dict)

    assert "This is a test" in desk.flights[0].letter.text


def test_a_discreet_home_tells_nobody_what_it_is_about(tmp_path: Path) -> None:
    ContactsFile(tmp_path).add("anna", "ntfy://topic")
    desk = Desk(tmp_path, Privacy.DISCREET)
    desk.news()
    desk.care.look([call()], lambda: {"maria": "Maria Kowalska"})

    assert desk.flights[0].letter.subject == "healthmon: alarm for M."


def test_a_value_that_is_no_number_is_left_out(desk: Desk) -> None:
    desk.news()
    desk.care.look([call(value="x" * 5_000, limit=True, unit=["%"])], dict)

    assert desk.flights[0].letter.text.startswith("maria: oxygen very low.\n")


def test_a_turn_without_anything_to_tell_costs_nearly_nothing(desk: Desk) -> None:
    desk.news()
    rounds = 2_000
    begun = time.process_time()
    for _ in range(rounds):
        desk.care.look((), dict)
        desk.care.settled()
        desk.care.news()

    assert (time.process_time() - begun) / rounds < 20e-6
