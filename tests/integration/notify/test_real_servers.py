"""A child process sends through real servers, and says in a word what became of it."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from healthmon.app.heartbeat import is_alive
from healthmon.events import wire
from healthmon.notify import sending
from healthmon.notify.child import Flight
from healthmon.notify.letter import Letter, Outcome, Try
from healthmon.notify.sending import sent
from tests.fakes.homes import ROOT, eventually
from tests.integration.notify.servers import HOST, free_port, mail_server, silent_server, web_server
from tests.unit.notify.desk import letter

PASSWORD = "pass-w0rd-nobody-guesses"


def flown(*reach: str) -> list[Try]:
    """What a child process says of a letter to these addresses."""
    return list(Flight(letter(reach, mark="mark-1")).wait())


def told(tries: list[Try]) -> list[tuple[str, str, str]]:
    """The part that may stand in the log."""
    return [(one.channel, one.outcome.value, one.reason) for one in tries]


def test_a_mail_arrives_as_plain_text_with_its_letters_and_marks() -> None:
    with mail_server() as mailbox:
        tries = flown(mailbox.address("ben@example.org"))

    mail = mailbox.mails[0]
    assert told(tries) == [("mailto", "delivered", "")]
    assert (mail["Subject"], mail.get_content_type()) == ("ALARM: Łucja, oxygen 86 %", "text/plain")
    assert mail.get_content().splitlines() == ["Łucja: 86 %", "and <b> & more"]
    assert (mail["X-Healthmon-Message"], mail["References"]) == ("mark-1", "<thread@healthmon>")
    assert (mail["Auto-Submitted"], mail["Importance"]) == ("auto-generated", "high")


def test_a_mail_with_the_right_password_arrives() -> None:
    with mail_server(account=("home", PASSWORD)) as mailbox:
        tries = flown(mailbox.address("ben@example.org", account=f"home:{PASSWORD}"))

    assert (told(tries), len(mailbox.mails)) == ([("mailto", "delivered", "")], 1)


def test_a_wrong_password_is_refused_and_shown_to_nobody() -> None:
    with mail_server(account=("home", "another")) as mailbox:
        tries = flown(mailbox.address("ben@example.org", account=f"home:{PASSWORD}"))

    assert told(tries) == [("mailto", "refused", "smtp-535")]
    assert PASSWORD not in repr(tries)


def test_a_server_without_tls_is_told_apart() -> None:
    with mail_server() as mailbox:
        address = mailbox.address("ben@example.org").replace("mailto:", "mailtos:")

        assert told(flown(address)) == [("mailtos", "refused", "no-tls")]


@pytest.mark.parametrize(
    ("says", "outcome", "reason"),
    [
        ("554 no such user ben@example.org", "refused", "smtp-554"),
        ("451 come again", "away", "smtp-451"),
    ],
)
def test_what_a_mail_server_says_decides_whether_to_try_again(says: str, outcome: str, reason: str) -> None:
    with mail_server(refuses=says) as mailbox:
        tries = flown(mailbox.address("ben@example.org"))

    assert told(tries) == [("mailto", outcome, reason)]
    assert "ben@example.org" not in repr(tries)


def test_a_webhook_gets_json_and_a_key_that_is_the_same_each_time() -> None:
    with web_server() as hook:
        tries = flown(f"json://{HOST}:{hook.port}/hook")

    body = wire.read(hook.bodies[0], dict[str, object])
    assert told(tries) == [("json", "delivered", "")]
    assert (body["title"], body["message"]) == ("ALARM: Łucja, oxygen 86 %", "Łucja: 86 %\nand <b> & more")
    assert hook.headers[0]["Idempotency-Key"] == '"mark-1"'


@pytest.mark.parametrize(
    ("status", "outcome"), [(401, "refused"), (404, "refused"), (429, "away"), (503, "away")]
)
def test_a_webhook_s_status_decides_whether_to_try_again(status: int, outcome: str) -> None:
    with web_server(status) as hook:
        tries = flown(f"json://{HOST}:{hook.port}/secret-path-of-hers")

    assert told(tries) == [("json", outcome, f"http-{status}")]
    assert "secret-path-of-hers" not in repr(tries)
    assert "you said" in tries[0].said


def test_an_urgent_message_is_urgent_on_ntfy() -> None:
    with web_server() as hook:
        flown(f"ntfy://{HOST}:{hook.port}/topic")

    assert wire.read(hook.bodies[0], dict[str, object])["topic"] == "topic"
    assert hook.headers[0]["X-Priority"] == "max"


def test_no_phone_fetches_a_picture_from_somebody_else() -> None:
    with web_server() as hook:
        flown(f"ntfy://{HOST}:{hook.port}/topic")

    assert [key for key in hook.headers[0] if key in {"X-Icon", "X-Attach", "X-Click"}] == []


def test_the_owner_s_own_priority_stays() -> None:
    with web_server() as hook:
        flown(f"ntfy://{HOST}:{hook.port}/topic?priority=low")

    assert hook.headers[0]["X-Priority"] == "low"


def test_addresses_are_tried_beside_each_other_and_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server() as mailbox:
        monkeypatch.setenv("BEN_URL", mailbox.address("ben@example.org"))
        tries = flown(f"json://{HOST}:{free_port()}/x", "env:BEN_URL", "env:NOT_SET", "bogus://x")

    assert told(tries) == [
        ("json", "away", "nobody-listens"),
        ("mailto", "delivered", ""),
        ("env", "away", "no-secret"),
        ("bogus", "refused", "bad-address"),
    ]


def test_a_server_that_says_nothing_times_out_and_holds_up_no_other_address() -> None:
    with silent_server() as port, web_server() as hook:
        tries = flown(f"json://{HOST}:{port}/x?rto=2", f"json://{HOST}:{hook.port}/y")

    assert told(tries) == [("json", "away", "timeout"), ("json", "delivered", "")]


def test_an_address_that_never_answers_is_left_behind_when_patience_ran_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    never, seconds = threading.Event(), iter([0.0, 0.0, 100.0])  # it runs out while the second is waited for
    monkeypatch.setattr(sending, "monotonic", lambda: next(seconds))

    def one(address: str, letter_sent: Letter) -> Try:
        if address == "json://hangs":
            never.wait()
        return Try("json", Outcome.DELIVERED)

    tries = sent(letter(["json://well", "json://hangs"]), one)
    never.set()

    assert told(tries) == [("json", "delivered", ""), ("json", "away", "timeout")]


def test_a_child_that_hangs_is_ended() -> None:
    seconds = iter([0.0, 10.0, 100.0])
    hanging = (sys.executable, "-c", "import threading; threading.Event().wait()")
    flight = Flight(letter(), command=hanging, now=lambda: next(seconds))
    first = flight.poll()

    assert (first, [(one.outcome, one.reason) for one in flight.poll() or ()]) == (
        None,
        [(Outcome.AWAY, "timeout")],
    )


def test_a_child_that_crashes_is_no_answer() -> None:
    flight = Flight(
        letter(["mailto://x", "ntfy://y"]), command=(sys.executable, "-c", "import os; os._exit(3)")
    )

    assert told(list(flight.wait())) == [("mailto", "away", "crashed"), ("ntfy", "away", "crashed")]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a child may live on until it gives up")
def test_a_child_does_not_outlive_who_started_it(tmp_path: Path) -> None:
    program = (
        "import sys; from healthmon.notify.child import Flight; from tests.unit.notify.desk import letter\n"
        "flight = Flight(letter([sys.argv[1]])); print(flight._child.pid, flush=True); sys.stdin.read()"
    )
    with silent_server() as port:
        parent = subprocess.Popen(
            [sys.executable, "-c", program, f"mailto://{HOST}:{port}?from=a@example.org&to=b@example.org"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        os.kill(parent.pid, signal.SIGKILL)
        parent.communicate()

        assert eventually(lambda: not is_alive(child))


def test_no_address_is_on_a_command_line() -> None:
    with silent_server() as port:
        flight = Flight(letter([f"json://{HOST}:{port}/secret-path"]))
        command = Path(f"/proc/{flight._child.pid}/cmdline")
        is_shown = eventually(lambda: b"healthmon.notify.sending" in command.read_bytes())
        words = command.read_bytes()
        flight.end()

    assert (is_shown, b"secret-path" in words) == (True, False)
