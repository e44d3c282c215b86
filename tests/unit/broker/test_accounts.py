"""Names, roles and secrets: made once, kept private, shown to nobody."""

import os
import stat
import threading
from pathlib import Path

import pytest

from healthmon.broker import BrokerError, BrokerReason, Role, accounts, ports


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_account_is_made_once_and_then_kept(tmp_path: Path) -> None:
    made = accounts.ensure(tmp_path, "watch-7", Role.DEVICE)

    assert accounts.ensure(tmp_path, "watch-7", Role.DEVICE) == made
    assert accounts.load(tmp_path).account("watch-7") == made


def test_every_secret_is_its_own_and_long(tmp_path: Path) -> None:
    secrets = {accounts.ensure(tmp_path, f"watch-{n}", Role.DEVICE).password for n in range(5)}

    assert len(secrets) == 5
    assert min(map(len, secrets)) >= 32


def test_only_the_owner_can_read_the_secrets_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        accounts.ensure(tmp_path / "data", "watch-7", Role.DEVICE)
    finally:
        os.umask(before)

    path = accounts.path_of(tmp_path / "data")
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)


def test_a_secret_is_not_shown(tmp_path: Path) -> None:
    account = accounts.ensure(tmp_path, "watch-7", Role.DEVICE)

    assert account.password not in f"{account!r} {account} {accounts.load(tmp_path)!r}"


def test_the_url_for_an_account_names_it_and_its_secret(tmp_path: Path) -> None:
    account = accounts.ensure(tmp_path, "watch-7", Role.DEVICE)
    known = accounts.load(tmp_path)

    assert known.url_for("watch-7") == f"mqtt://watch-7:{account.password}@127.0.0.1:{known.port}"


def test_a_session_name_is_fixed_and_cannot_be_guessed_from_the_account_name(tmp_path: Path) -> None:
    here = accounts.ensure(tmp_path / "a", "recorder", Role.RECORDER)
    elsewhere = accounts.ensure(tmp_path / "b", "recorder", Role.RECORDER)

    assert here.client_id == accounts.load(tmp_path / "a").account("recorder").client_id
    assert here.client_id != elsewhere.client_id
    assert here.password not in here.client_id


def test_the_port_is_chosen_once_and_is_not_one_that_systems_hand_out(tmp_path: Path) -> None:
    accounts.ensure(tmp_path, "watch-7", Role.DEVICE)
    port = accounts.load(tmp_path).port
    accounts.ensure(tmp_path, "watch-8", Role.DEVICE)

    assert accounts.load(tmp_path).port == port
    assert 1883 < port < 32_768


def test_a_name_keeps_its_role(tmp_path: Path) -> None:
    accounts.ensure(tmp_path, "anna", Role.CARER)

    with pytest.raises(BrokerError) as refused:
        accounts.ensure(tmp_path, "anna", Role.GATEWAY)

    assert refused.value.reason is BrokerReason.OTHER_ROLE


@pytest.mark.parametrize(
    "name", ["", "a b", "a.b", "a/b", "*", ">", "+", "caregiver", "monitor", "ä", "x" * 65]
)
def test_a_name_that_could_widen_a_permission_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokerError) as refused:
        accounts.ensure(tmp_path, name, Role.DEVICE)

    assert refused.value.reason is BrokerReason.BAD_NAME


def test_before_the_first_start_there_are_no_accounts(tmp_path: Path) -> None:
    with pytest.raises(BrokerError, match="healthmon record") as missing:
        accounts.load(tmp_path)

    assert missing.value.reason is BrokerReason.NO_ACCOUNTS


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"url": "mqtt://127.0.0.1:18831", "home": "home"}',
        b'{"url": "http://127.0.0.1:18831", "home": "home", "accounts": {}}',
        b'{"url": "mqtt://127.0.0.1:99999", "home": "home", "accounts": {}}',
        b'{"url": "mqtt://127.0.0.1:18831", "home": ">", "accounts": {}}',
        b'{"url": "mqtt://localhost:1", "home": "h", "accounts": {"*": {"role": "device", "password": "x"}}}',
        b'{"url": "mqtt://localhost:1", "home": "h", "accounts": {"a": {"role": "king", "password": "x"}}}',
    ],
)
def test_a_damaged_file_is_said_and_never_overwritten(tmp_path: Path, content: bytes) -> None:
    path = accounts.path_of(tmp_path)
    path.parent.mkdir()
    path.write_bytes(content)

    with pytest.raises(BrokerError) as refused:
        accounts.ensure(tmp_path, "watch-7", Role.DEVICE)

    assert refused.value.reason is BrokerReason.BAD_ACCOUNTS
    assert path.read_bytes() == content


def test_a_revoked_account_is_gone_and_the_others_stay(tmp_path: Path) -> None:
    accounts.ensure(tmp_path, "watch-7", Role.DEVICE)
    kept = accounts.ensure(tmp_path, "watch-8", Role.DEVICE)

    assert accounts.revoke(tmp_path, "watch-7")
    assert not accounts.revoke(tmp_path, "watch-7")
    assert dict(accounts.load(tmp_path).accounts) == {"watch-8": kept}


def test_a_new_home_leaves_the_accounts_alone(tmp_path: Path) -> None:
    made = accounts.ensure(tmp_path, "watch-7", Role.DEVICE)

    accounts.settle_home(tmp_path, "cabin")

    assert accounts.load(tmp_path).home == "cabin"
    assert accounts.load(tmp_path).account("watch-7") == made


def test_accounts_made_at_the_same_moment_are_all_kept(tmp_path: Path) -> None:
    makers = [
        threading.Thread(target=accounts.ensure, args=(tmp_path, f"watch-{n}", Role.DEVICE)) for n in range(8)
    ]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()

    assert set(accounts.load(tmp_path).accounts) == {f"watch-{n}" for n in range(8)}


def test_a_folder_that_cannot_be_written_is_said_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "broker").write_text("in the way")

    with pytest.raises(BrokerError, match="--data") as refused:
        accounts.ensure(tmp_path, "watch-7", Role.DEVICE)

    assert refused.value.reason is BrokerReason.CANNOT_WRITE


def test_a_chosen_port_is_free() -> None:
    assert ports.is_free(ports.choose())
