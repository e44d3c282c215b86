"""Real calls to a real server on loopback: from the shell, and from a recorder that records."""

from pathlib import Path

import pytest

from healthmon.cli.main import main
from healthmon.notify.child import Flight
from healthmon.notify.letter import Letter, Outcome, Try, Urgency
from healthmon.notify.outside import CALL, FILE, OutsideFile
from tests.fakes.homes import eventually, real_home
from tests.integration.notify.servers import HOST, Hook, free_port, web_server
from tests.unit.log.entries import written

SECRET = "0a1b-secret"


def _url(hook: Hook) -> str:
    return f"http://{HOST}:{hook.port}/{SECRET}"


def _tried(address: str) -> Try:
    letter = Letter((CALL + address,), subject="", text="", urgency=Urgency.LOW, mark="", thread="")
    (tried,) = Flight(letter).wait()
    return tried


def test_a_call_is_a_plain_question_that_names_nobody() -> None:
    with web_server() as hook:
        assert _tried(_url(hook)).outcome is Outcome.DELIVERED
        assert (hook.asked, hook.bodies) == ([f"/{SECRET}"], [])
        assert hook.headers[0].keys() <= {"Accept-Encoding", "Host", "User-Agent", "Connection"}
        assert hook.headers[0]["User-Agent"] == "healthmon"


@pytest.mark.parametrize(
    ("status", "answer", "outcome", "reason"),
    [
        (404, "", Outcome.REFUSED, "http-404"),
        (503, "", Outcome.AWAY, "http-503"),
        (302, "", Outcome.REFUSED, "http-302"),
        (200, "OK (not found)", Outcome.REFUSED, "not-known-there"),
        (200, '{"ok": false, "msg": "Monitor paused"}', Outcome.REFUSED, "not-watched-there"),
        (200, "\n<!DOCTYPE html><title>Welcome, guest</title>", Outcome.AWAY, "a-page-between"),
    ],
)
def test_what_is_no_yes_is_told(status: int, answer: str, outcome: Outcome, reason: str) -> None:
    with web_server(status) as hook:
        hook.answer = answer
        tried = _tried(_url(hook))
        assert (tried.outcome, tried.reason, SECRET in tried.said) == (outcome, reason, False)
        assert len(hook.asked) == 1  # and nobody follows to another place


def test_nobody_there_is_told_without_the_address() -> None:
    tried = _tried(f"http://{HOST}:{free_port()}/{SECRET}")
    assert (tried.outcome, tried.reason) == (Outcome.AWAY, "nobody-listens")
    assert SECRET not in tried.said


def test_the_address_may_be_kept_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with web_server() as hook:
        monkeypatch.setenv("OUTSIDE_URL", _url(hook))
        assert _tried("env:OUTSIDE_URL").outcome is Outcome.DELIVERED
        monkeypatch.setenv("OUTSIDE_URL", "file:///etc/hostname")
        assert _tried("env:OUTSIDE_URL").reason == "bad-address"


def test_a_shell_sets_tries_and_ends_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, 1)
    with web_server() as hook:
        data = ["--data", str(tmp_path)]
        assert main(["contacts", "watchdog", _url(hook), *data]) == 0
        assert main(["contacts", "watchdog", *data]) == 0
        told = capsys.readouterr()
        assert "http://*** answers (OK); the recorder calls it every five minutes" in told.out
        assert SECRET not in told.out + told.err
        assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
        assert main(["contacts", "watchdog", "off", *data]) == 0
        assert main(["contacts", "watchdog", *data]) == 1
        assert hook.asked == [f"/{SECRET}"] * 2


def test_what_is_no_address_is_refused_and_not_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, 1)
    assert main(["contacts", "watchdog", "gopher://hush", "--data", str(tmp_path)]) == 1
    assert "hush" not in capsys.readouterr().err
    assert not (tmp_path / FILE).exists()


def test_one_that_does_not_answer_is_told_in_words_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, 1)
    address = f"http://{HOST}:{free_port()}/{SECRET}"
    assert main(["contacts", "watchdog", address, "--data", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "does not answer: no server there (Connection refused); are this computer and" in told
    assert ("urlopen" in told, told.count("\n")) == (False, 1)


def test_one_that_knows_no_such_address_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, 1)
    with web_server(404) as hook:
        assert main(["contacts", "watchdog", _url(hook), "--data", str(tmp_path)]) == 1
    assert "does not answer: the address is not there" in (told := capsys.readouterr().out)
    assert "healthmon contacts watchdog - takes another" in told


def test_a_recorder_calls_while_it_records_and_tells_no_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    data = tmp_path / "home"
    with web_server() as hook:
        OutsideFile(data).write(_url(hook))
        with real_home(data) as home:
            assert eventually(lambda: [one.value for one in home.said("REPORTS", "OUTSIDE")] == ["works"])
            OutsideFile(data).remove()
            assert home.logged(2, verb="REPORTS", thing="OUTSIDE")
            assert home.said("REPORTS", "OUTSIDE")[-1].value == "off"
        assert hook.asked == [f"/{SECRET}"]
    stored = b"".join(path.read_bytes() for path in (data / "log").iterdir())
    assert SECRET.encode() not in stored
