"""What each role may say and hear, and the configuration that says so."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from healthmon.broker import Limits, Role, accounts
from healthmon.broker.config import RESERVE, BrokerFiles, config, quota
from healthmon.broker.permissions import Permission, permissions, topic_of
from healthmon.events import Json, wire


def permission(name: str, role: Role) -> Permission:
    return permissions(accounts.Account(name, role, "secret"), "home")


def test_a_device_may_speak_on_its_own_two_topics_and_hear_nothing() -> None:
    assert permission("watch-7", Role.DEVICE) == {
        "publish": {"allow": ["healthmon.home.watch-7.event", "healthmon.home.watch-7.status"], "deny": []},
        "subscribe": {"deny": [">"]},
    }


def test_a_carer_may_speak_as_itself_and_hear_the_monitor() -> None:
    assert permission("anna", Role.CARER) == {
        "publish": {"allow": ["healthmon.home.caregiver.anna.event"], "deny": []},
        "subscribe": {"allow": ["healthmon.home.monitor.>", "healthmon.home.monitor"]},
    }


def test_a_gateway_may_speak_for_devices_and_neither_for_people_nor_the_monitor() -> None:
    publish = permission("gateway", Role.GATEWAY)["publish"]

    assert publish["allow"] == ["healthmon.home.*.event", "healthmon.home.*.status"]
    assert publish["deny"] == ["healthmon.home.monitor.*", "healthmon.home.caregiver.*"]


def test_nobody_may_use_what_another_home_says() -> None:
    for role in Role:
        allowed = permission("somebody", role)
        subjects = [s for rights in allowed.values() for s in rights.get("allow", [])]

        assert all(f"{subject}.".startswith("healthmon.home.") for subject in subjects), role


@pytest.mark.parametrize(
    ("subject", "topic"),
    [
        ("healthmon.home.watch-7.event", "healthmon/home/watch-7/event"),
        ("healthmon//home//watch", "healthmon.home.watch"),
        ("/.healthmon.home", "/healthmon/home"),
        ("healthmon.home./", "healthmon/home/"),
    ],
)
def test_a_subject_in_the_log_is_shown_as_the_topic_it_was(subject: str, topic: str) -> None:
    assert topic_of(subject) == topic


def written(tmp_path: Path, limits: Limits) -> dict[str, Json]:
    accounts.ensure(tmp_path, "watch-7", Role.DEVICE)
    files = BrokerFiles(tmp_path / "broker")
    return wire.read(config(accounts.load(tmp_path), limits, files, "secret"), dict[str, Json])


def test_the_broker_listens_on_loopback_only_and_to_mqtt_only(tmp_path: Path) -> None:
    settings = written(tmp_path, Limits())

    mqtt, users = settings["mqtt"], settings["authorization"]
    assert isinstance(mqtt, dict)
    assert isinstance(users, dict)
    assert (settings["host"], mqtt["host"]) == ("127.0.0.1", "127.0.0.1")
    assert [user["allowed_connection_types"] for user in users["users"]] == [["STANDARD"], ["MQTT"]]  # type: ignore[union-attr, index, call-overload]  # as written above


def test_the_limits_are_those_that_were_measured(tmp_path: Path) -> None:
    settings = written(tmp_path, Limits(sync_every=timedelta(minutes=2)))

    mqtt, store = settings["mqtt"], settings["jetstream"]
    assert isinstance(mqtt, dict)
    assert isinstance(store, dict)
    assert (mqtt["ack_wait"], mqtt["max_ack_pending"]) == ("3s", 4000)
    assert settings["max_payload"] == 16 << 20
    assert store["sync_interval"] == "120s"


def test_by_default_every_acknowledgement_waits_for_the_disk(tmp_path: Path) -> None:
    store = written(tmp_path, Limits())["jetstream"]

    assert isinstance(store, dict)
    assert store["sync_interval"] == "always"


def test_a_store_that_is_full_is_lent_a_reserve(tmp_path: Path) -> None:
    (tmp_path / "one.blk").write_bytes(b"x" * 5000)

    assert quota(4000, tmp_path) == 5000 + RESERVE


def test_a_store_may_use_what_was_asked_for_when_the_disk_has_it(tmp_path: Path) -> None:
    assert quota(RESERVE + 1, tmp_path) == RESERVE + 1
    assert quota(1 << 60, tmp_path) < 1 << 60


def test_secrets_in_the_configuration_are_private(tmp_path: Path) -> None:
    accounts.ensure(tmp_path, "watch-7", Role.DEVICE)

    assert stat.S_IMODE(accounts.path_of(tmp_path).stat().st_mode) == 0o600
