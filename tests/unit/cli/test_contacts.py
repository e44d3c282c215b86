"""`healthmon contacts` keeps addresses, shows none, and says what is wrong in a line."""

import io
import sys
from pathlib import Path

import pytest

from healthmon.cli.main import main
from healthmon.events import wire
from healthmon.notify import kept
from healthmon.notify.contacts import FILE, ContactsFile
from healthmon.notify.errors import NotifyError, NotifyReason
from tests.integration.notify.servers import HOST, free_port, web_server
from tests.unit.log.entries import written


@pytest.fixture(autouse=True)
def _home(tmp_path: Path) -> None:
    written(tmp_path, 1)


def run(data: Path, *words: str) -> int:
    """`healthmon contacts WORDS... --data`."""
    return main(["contacts", *words, "--data", str(data)])


def test_an_address_is_read_from_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("json://hook.example.org/secret\n"))
    code = run(tmp_path, "add", "anna", "-", "--called", "Anna Nowak")
    said = capsys.readouterr()

    assert (code, ContactsFile(tmp_path).read()[0].reach) == (0, ("json://hook.example.org/secret",))
    assert "secret" not in said.out + said.err
    assert said.err == ""


def test_an_address_on_the_command_line_is_taken_with_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(tmp_path, "add", "anna", "json://hook.example.org/secret")

    assert (code, "your shell keeps" in capsys.readouterr().err) == (0, True)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mialto://x@example.org", "did you mean mailto://?"),
        ("ntfyy://topic", "did you mean ntfy"),
        ("tgram://short", "something is missing in a tgram:// address"),
        ("anna@example.org", "that is no address"),
    ],
)
def test_a_wrong_address_is_told_with_what_was_meant_and_kept_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str, told: str
) -> None:
    code = run(tmp_path, "add", "anna", address)
    said = capsys.readouterr().err

    assert (code, said.count("\n"), told in said) == (1, 1, True)
    assert not (tmp_path / FILE).exists()


def test_the_list_shows_no_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ContactsFile(tmp_path).add("anna", "mailto://u:s3kret@example.org?to=a@example.org", called="Anna Nowak")
    ContactsFile(tmp_path).add("anna", "env:ANNA_URL")
    run(tmp_path, "list")
    lines = capsys.readouterr().out
    run(tmp_path, "list", "--json")
    told = wire.read(capsys.readouterr().out.encode(), dict[str, object])

    assert lines.split() == ["anna", "Anna", "Nowak", "mailto://***,", "env:ANNA_URL"]
    assert told == {"id": "anna", "name": "Anna Nowak", "reach": ["mailto://***", "env:ANNA_URL"]}


def test_an_empty_list_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(tmp_path, "list")

    assert (code, "healthmon contacts add" in capsys.readouterr().out) == (0, True)


def test_who_is_removed_is_gone(tmp_path: Path) -> None:
    ContactsFile(tmp_path).add("anna", "ntfy://topic")
    code = run(tmp_path, "remove", "anna")

    assert (code, ContactsFile(tmp_path).read()) == (0, ())


def test_a_test_message_is_sent_and_the_answer_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with web_server() as hook:
        ContactsFile(tmp_path).add("anna", f"json://{HOST}:{hook.port}/x")
        code = run(tmp_path, "test", "anna")

    assert (code, capsys.readouterr().out.split()) == (0, ["json", "delivered"])
    assert b"This is a test" in hook.bodies[0]


def test_a_test_message_that_nobody_takes_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ContactsFile(tmp_path).add("anna", f"json://{HOST}:{free_port()}/secret-path")
    code = run(tmp_path, "test", "anna", "--json")
    told = wire.read(capsys.readouterr().out.encode(), dict[str, str])

    assert (code, told["outcome"], told["reason"]) == (1, "away", "nobody-listens")
    assert "secret-path" not in str(told)


def test_testing_nobody_names_who_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ContactsFile(tmp_path).add("anna", "ntfy://topic")
    code = run(tmp_path, "test", "ana")

    assert (code, capsys.readouterr().err) == (1, "healthmon: no contact is called ana; there are anna\n")


def test_an_address_kept_in_the_environment_is_found_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNA_URL", "ntfy://topic")

    assert kept.resolved("env:ANNA_URL") == "ntfy://topic"


def test_an_address_kept_nowhere_is_told_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANNA_URL", raising=False)

    with pytest.raises(NotifyError, match="ANNA_URL") as told:
        kept.resolved("env:ANNA_URL")

    assert told.value.reason is NotifyReason.NO_SECRET


class Keyring:
    """A keyring as the package has it."""

    def __init__(self, kept_here: dict[str, str] | None) -> None:
        self._kept = kept_here

    def get_password(self, service: str, name: str) -> str | None:
        """As keyring's own."""
        if self._kept is None:
            raise RuntimeError("locked: secret words")
        return self._kept.get(f"{service}/{name}")


@pytest.mark.parametrize(
    ("keyring", "told"),
    [(Keyring({}), "keyring set healthmon anna"), (Keyring(None), "unlock it")],
)
def test_a_keyring_that_does_not_tell_says_why(
    monkeypatch: pytest.MonkeyPatch, keyring: Keyring, told: str
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setattr(kept, "has_keyring", lambda: True)

    with pytest.raises(NotifyError, match=told) as error:
        kept.resolved("keyring:anna")

    assert "secret words" not in str(error.value)


def test_an_address_in_the_keyring_is_found_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", Keyring({"healthmon/anna": "ntfy://topic"}))
    monkeypatch.setattr(kept, "has_keyring", lambda: True)

    assert kept.resolved("keyring:anna") == "ntfy://topic"


def test_without_the_optional_part_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "has_keyring", lambda: False)

    with pytest.raises(NotifyError, match=r"pip install healthmon\[keyring\]"):
        kept.resolved("keyring:anna")
