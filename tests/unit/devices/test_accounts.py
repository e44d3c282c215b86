"""Devices find their broker and account, or say in one line what to do."""

from pathlib import Path

import pytest

from devices.errors import DeviceError, DeviceReason
from devices.mqtt.accounts import Account, Broker, from_data, from_url
from devices.mqtt.exchange import carer_line, device_lines
from healthmon.events import wire

ACCOUNTS = {
    "gateway": {"role": "gateway", "password": "g"},
    "demo": {"role": "carer", "password": "d"},
    "watch-1": {"role": "device", "password": "w"},
    "recorder": {"role": "recorder", "password": "r"},
}


def broker(
    folder: Path, accounts: dict[str, dict[str, str]] | None = None, url: str = "mqtt://127.0.0.1:4444"
) -> Broker:
    (folder / "broker").mkdir()
    written = {"url": url, "home": "home", "accounts": ACCOUNTS if accounts is None else accounts}
    (folder / "broker" / "accounts.json").write_bytes(wire.write(written))
    return from_data(folder)


def test_the_recorders_folder_names_broker_home_and_accounts(tmp_path: Path) -> None:
    found = broker(tmp_path)

    assert (found.host, found.port, found.home, found.secure) == ("127.0.0.1", 4444, "home", False)
    assert found.carer("demo") == Account("demo", "d")


def test_a_paired_device_uses_its_own_account_and_the_others_the_gateways(tmp_path: Path) -> None:
    lines = device_lines(broker(tmp_path), ["watch-1", "watch-2"])

    assert [line.account.name for line in lines] == ["watch-1", "gateway"]
    assert (lines[1].events, lines[1].presence) == (
        "healthmon/home/watch-2/event",
        "healthmon/home/watch-2/status",
    )


def test_a_carer_speaks_on_their_own_topic_and_has_no_presence(tmp_path: Path) -> None:
    line = carer_line(broker(tmp_path), "demo")

    assert (line.events, line.presence) == ("healthmon/home/caregiver/demo/event", None)


def test_a_device_without_account_or_gateway_is_told_to_pair(tmp_path: Path) -> None:
    found = broker(tmp_path, {"watch-1": {"role": "device", "password": "w"}})

    with pytest.raises(DeviceError, match="healthmon pair watch-2"):
        found.device("watch-2")


def test_a_carer_without_account_is_told_with_the_one_who_was_meant(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match=r"no carer's account dem \(there is demo\)"):
        broker(tmp_path).carer("dem")


def test_without_a_recorder_the_cure_is_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="healthmon record --data") as told:
        from_data(tmp_path)

    assert told.value.reason is DeviceReason.NO_BROKER


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"url":1}', b"\xff"])
def test_a_damaged_file_of_accounts_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broker").mkdir()
    (tmp_path / "broker" / "accounts.json").write_bytes(content)

    with pytest.raises(DeviceError, match=r"accounts\.json cannot be read"):
        from_data(tmp_path)


@pytest.mark.parametrize(
    ("url", "host", "port", "secure", "account"),
    [
        ("mqtt://127.0.0.1:1884", "127.0.0.1", 1884, False, Account()),
        ("mqtt://broker.local", "broker.local", 1883, False, Account()),
        ("mqtts://anna:p%40ss@[::1]:8884", "::1", 8884, True, Account("anna", "p@ss")),
        ("mqtts://broker.local", "broker.local", 8883, True, Account()),
    ],
)
def test_any_broker_may_be_named(url: str, host: str, port: int, secure: bool, account: Account) -> None:
    found = from_url(url, "home")

    assert (found.host, found.port, found.secure, found.device("watch-1")) == (host, port, secure, account)


@pytest.mark.parametrize(
    "url", ["127.0.0.1:1883", "http://x", "mqtt://", "mqtt://x:notaport", "mqtt://x:99999", ""]
)
def test_what_is_no_broker_is_told_with_an_example(url: str) -> None:
    with pytest.raises(DeviceError, match="mqtt://127"):
        from_url(url, "home")


@pytest.mark.parametrize("url", ["http://anna:secret@x", "mqtt://anna:secret@x:99999"])
def test_a_password_is_never_repeated(url: str) -> None:
    with pytest.raises(DeviceError) as told:
        from_url(url, "home")

    assert "secret" not in str(told.value)
    assert "secret" not in repr(Account("anna", "secret"))


@pytest.mark.parametrize("home", ["", "a b", "a/b", "monitor", "x.y"])
def test_a_home_must_fit_a_topic(home: str) -> None:
    with pytest.raises(DeviceError, match="a home cannot be called"):
        from_url("mqtt://x", home)
