"""Permissions hold, also against those who know NATS from inside; what is refused is explained."""

from pathlib import Path

import pytest

from healthmon.broker import ProblemKind, Role, accounts
from healthmon.broker.handshake import Answer, ask
from tests.integration.broker.stage import PATIENCE, Home, Plain, until

OWN = "healthmon/home/watch-7/event"


def heard_until_own(home: Home, speaker: Plain, own: str) -> list[str]:
    """What the recorder hears, up to something it certainly may hear: nothing else came before."""
    with Plain(home.url(), "listening") as recorder:
        for filter_ in (
            "healthmon/home/+/event",
            "healthmon/home/+/status",
            "healthmon/home/caregiver/+/event",
        ):
            assert recorder.hear(filter_)
        assert speaker.say(own, b"last")
        topics = [recorder.next()[0]]
        while topics[-1] != own:
            topics.append(recorder.next()[0])
        return topics


def kinds(home: Home) -> set[ProblemKind]:
    return {problem.kind for problem in home.broker.problems()}


@pytest.mark.parametrize(
    "topic",
    [
        "healthmon/home/watch-8/event",
        "healthmon/home/watch-8/status",
        "healthmon/home/caregiver/anna/event",
        "healthmon/home/monitor/alarm",
        "healthmon/cabin/watch-7/event",
        "healthmon/home/*/event",
        "healthmon/home/>",
        "healthmon.home.watch-8.event",
        "$MQTT/msgs/healthmon/home/watch-8/event",
        "$MQTT/rmsgs/healthmon/home/watch-8/event",
        "$MQTT/sess/recorder",
        "$MQTT/sub/x",
        "$JS/API/STREAM/DELETE/$MQTT_msgs",
        "$SYS/REQ/SERVER/PING",
    ],
)
def test_a_device_cannot_speak_as_another_or_for_the_broker(shared_home: Home, topic: str) -> None:
    url = shared_home.account("watch-7", Role.DEVICE)
    with Plain(shared_home.url(), "witness") as recorder, Plain(url, "watch-7") as watch:
        assert recorder.hear("healthmon/home/#")
        confirmed = watch.say(topic, b"forged")
        assert watch.say(OWN, b"true")

        assert recorder.next()[:2] == (OWN, b"true")
        assert confirmed  # MQTT 3.1.1 has no other answer

    assert any(
        problem.kind is ProblemKind.NOT_PERMITTED and problem.detail == topic
        for problem in shared_home.broker.problems()
    ), shared_home.broker.problems()


@pytest.mark.parametrize(
    "filter_", ["#", "healthmon/#", OWN, "+/+/+/+", "$MQTT/#", "$MQTT/msgs/#", "$SYS/#", "$JS/#"]
)
@pytest.mark.parametrize("role", [Role.DEVICE, Role.GATEWAY])
def test_devices_hear_nothing(shared_home: Home, role: Role, filter_: str) -> None:
    name = "watch-7" if role is Role.DEVICE else "gateway"
    with Plain(shared_home.account(name, role), f"{name}-ears") as device:
        assert not device.hear(filter_)


def test_a_carer_speaks_as_itself_and_hears_the_monitor_only(shared_home: Home) -> None:
    with Plain(shared_home.account("anna", Role.CARER), "anna") as anna:
        heard = [
            anna.hear(f"healthmon/home/{end}") for end in ("monitor/#", "+/event", "#", "caregiver/bob/event")
        ]
        for forged in ("healthmon/home/caregiver/bob/event", "healthmon/home/monitor/alarm", OWN):
            anna.say(forged, b"forged")

        assert heard == [True, False, False, False]
        own = "healthmon/home/caregiver/anna/event"
        assert heard_until_own(shared_home, anna, own) == [own]


def test_a_gateway_speaks_for_any_device_and_not_for_people(shared_home: Home) -> None:
    with Plain(shared_home.url(), "witness") as recorder:
        assert recorder.hear("healthmon/home/#")
        with Plain(shared_home.account("gateway", Role.GATEWAY), "gateway") as gateway:
            for topic in (
                "caregiver/anna/event",
                "monitor/alarm",
                "monitor/event",
                "caregiver/event",
                "kettle/event",
            ):
                gateway.say(f"healthmon/home/{topic}", b"{}")

            assert recorder.next()[0] == "healthmon/home/kettle/event"


def test_a_wrong_password_is_refused_and_explained(shared_home: Home, tmp_path: Path) -> None:
    known = accounts.load(shared_home.folder)
    stranger = accounts.ensure(tmp_path, "stranger", Role.DEVICE)

    assert ask(known.port, stranger, PATIENCE) is Answer.REFUSED
    assert until(lambda: ProblemKind.BAD_PASSWORD in kinds(shared_home))


@pytest.mark.parametrize("space", [" ", "\t", "\n"])
def test_white_space_in_a_topic_closes_its_client_and_the_cure_is_said(shared_home: Home, space: str) -> None:
    client = f"zigbee-{ord(space)}"
    with Plain(shared_home.account("watch-7", Role.DEVICE), client) as watch:
        assert not watch.say(f"healthmon/home/watch{space}7/event", b"{}")

    assert until(lambda: any(problem.client == client for problem in shared_home.broker.problems()))
    (problem,) = [one for one in shared_home.broker.problems() if one.client == client]
    assert problem.kind is ProblemKind.WHITE_SPACE
    assert client in problem.cure
    assert "rename" in problem.cure


def test_a_message_beyond_the_limit_closes_its_client_and_the_cure_is_said(shared_home: Home) -> None:
    with Plain(shared_home.account("watch-7", Role.DEVICE), "generous") as watch:
        assert not watch.say(OWN, b"x" * (17 << 20))

    assert until(lambda: ProblemKind.TOO_LARGE in kinds(shared_home))


def test_a_message_of_ten_megabytes_passes(shared_home: Home) -> None:
    with Plain(shared_home.url(), "witness") as recorder:
        assert recorder.hear("healthmon/home/+/event")
        with Plain(shared_home.account("watch-7", Role.DEVICE), "watch-7") as watch:
            assert watch.say(OWN, b"x" * (10 << 20))

        assert len(recorder.next()[1]) == 10 << 20


def test_who_knows_a_session_name_can_take_it_over_which_is_why_ours_is_secret(shared_home: Home) -> None:
    session = accounts.load(shared_home.folder).account("recorder").client_id
    url = shared_home.account("watch-7", Role.DEVICE)
    with Plain(shared_home.url(), session) as recorder, Plain(url, session):
        assert recorder.closed.wait(PATIENCE)

    assert "recorder" not in {session, ""}
    assert len(session) == len("recorder-") + 16
