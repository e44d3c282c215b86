"""Start, stop, survive, die with the recorder, keep the port: the process behind our broker."""

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthmon.broker import BrokerError, BrokerReason, EmbeddedBroker, Role, accounts, binary, survivor
from healthmon.broker.config import BrokerFiles
from healthmon.broker.handshake import Answer, ask
from tests.integration.broker.conftest import MakeHome
from tests.integration.broker.stage import HASTY, PATIENCE, Plain, is_gone, until

# A recorder, as far as its broker is concerned. It says which process the broker is, and waits to be killed.
RECORDER = """
import sys
from pathlib import Path
from healthmon.broker import EmbeddedBroker
broker = EmbeddedBroker(Path(sys.argv[1]))
broker.start()
print(broker.pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def recorder(tmp_path: Path, root: Path) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """Another process that runs the broker of this folder, and the broker's process id."""
    process = subprocess.Popen(
        [sys.executable, "-c", RECORDER, str(tmp_path)],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    with process.stdin, process.stdout:
        yield process, int(process.stdout.readline())
        process.kill()
        process.wait(PATIENCE)


def test_a_started_broker_welcomes_its_recorder(make_home: MakeHome) -> None:
    home = make_home()
    known = accounts.load(home.folder)

    assert home.broker.is_running()
    assert ask(known.port, known.account("recorder"), PATIENCE) is Answer.WELCOME


def test_stopping_is_orderly_and_leaves_nothing(make_home: MakeHome) -> None:
    home = make_home()
    process = home.broker.pid
    assert process is not None

    assert home.broker.stop() == 0
    assert is_gone(process)
    assert not home.broker.is_running()
    assert not any(thread.name == "broker-keeper" for thread in threading.enumerate())
    assert home.broker.stop() is None


def test_starting_twice_is_starting_once(make_home: MakeHome) -> None:
    home = make_home()
    process = home.broker.pid

    home.broker.start()

    assert home.broker.pid == process


def test_everything_it_writes_is_private(make_home: MakeHome) -> None:
    home = make_home()
    home.broker.stop()

    open_to_others = [
        path for path in home.broker.files.folder.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]

    assert open_to_others == []


def test_the_port_stays_the_same_through_restarts(make_home: MakeHome) -> None:
    home = make_home()
    port = accounts.load(home.folder).port

    assert home.broker.restart().port == port


def test_a_port_taken_later_is_said_and_never_changed(make_home: MakeHome) -> None:
    home = make_home()
    home.broker.stop()
    port = accounts.load(home.folder).port

    with (
        socket.create_server(("127.0.0.1", port)),
        pytest.raises(BrokerError, match=f"port {port}.*ss -ltnp") as refused,
    ):
        home.broker.start()

    assert refused.value.reason is BrokerReason.PORT_TAKEN
    assert accounts.load(home.folder).port == port
    assert not home.broker.is_running()


def test_a_port_taken_before_the_first_start_is_simply_another(tmp_path: Path) -> None:
    accounts.ensure(tmp_path, "watch-7", Role.DEVICE)
    port = accounts.load(tmp_path).port
    broker = EmbeddedBroker(tmp_path, limits=HASTY)

    with socket.create_server(("127.0.0.1", port)):
        chosen = broker.start().port
    broker.stop()

    assert chosen != port


def test_a_broker_that_was_killed_is_noticed_and_starts_again(make_home: MakeHome) -> None:
    home = make_home()
    first = home.broker.pid
    assert first is not None

    os.kill(first, signal.SIGKILL)

    assert until(lambda: not home.broker.is_running())
    home.broker.start()
    assert home.broker.pid not in {None, first}


def test_no_orphan_is_left_when_the_recorder_is_killed(recorder: tuple["subprocess.Popen[str]", int]) -> None:
    process, broker = recorder

    process.kill()

    assert is_gone(broker)


def test_no_orphan_is_left_when_the_recorder_just_ends(recorder: tuple["subprocess.Popen[str]", int]) -> None:
    process, broker = recorder
    assert process.stdin is not None

    process.stdin.close()

    assert process.wait(PATIENCE) == 0
    assert is_gone(broker)


def test_the_broker_outlives_the_thread_that_started_it(tmp_path: Path) -> None:
    broker = EmbeddedBroker(tmp_path, limits=HASTY)
    starter = threading.Thread(target=broker.start)
    starter.start()
    starter.join()

    known = accounts.load(tmp_path)
    answer = ask(known.port, known.account("recorder"), PATIENCE)

    assert (answer, broker.stop()) == (Answer.WELCOME, 0)


def test_ctrl_c_in_the_terminal_does_not_reach_the_broker_first(make_home: MakeHome) -> None:
    home = make_home()
    assert home.broker.pid is not None

    assert os.getsid(home.broker.pid) != os.getsid(0)


def test_the_broker_of_a_living_recorder_is_left_alone(
    tmp_path: Path, recorder: tuple["subprocess.Popen[str]", int]
) -> None:
    process, broker = recorder

    with pytest.raises(BrokerError, match=str(process.pid)) as refused:
        EmbeddedBroker(tmp_path).start()

    assert refused.value.reason is BrokerReason.IN_USE
    assert not is_gone(broker, patience=0)


def test_a_survivor_is_stopped_before_another_is_started(make_home: MakeHome, tmp_path: Path) -> None:
    make_home().broker.stop()
    files = BrokerFiles(tmp_path / "broker")
    known = accounts.load(tmp_path)
    orphan = subprocess.Popen([binary.find(), "-c", files.config], start_new_session=True)
    assert until(lambda: ask(known.port, known.account("recorder"), PATIENCE) is Answer.WELCOME)
    survivor.note(files, orphan.pid)

    make_home()

    assert orphan.wait(PATIENCE) == 0


def test_another_program_with_the_old_number_is_left_alone(make_home: MakeHome, tmp_path: Path) -> None:
    make_home().broker.stop()
    with subprocess.Popen(["sleep", "60"]) as innocent:
        survivor.note(BrokerFiles(tmp_path / "broker"), innocent.pid)

        make_home()

        still_there = innocent.poll() is None
        innocent.kill()
    assert still_there


def test_new_accounts_count_after_a_reload_and_nobody_is_disconnected(make_home: MakeHome) -> None:
    home = make_home()
    with Plain(home.account("watch-7", Role.DEVICE), "watch-7") as watch:
        with Plain(home.account("watch-8", Role.DEVICE), "watch-8"):
            pass

        assert watch.say("healthmon/home/watch-7/event", b"{}")


def test_a_revoked_account_is_disconnected_by_the_reload(make_home: MakeHome) -> None:
    home = make_home()
    with Plain(home.account("watch-7", Role.DEVICE), "watch-7") as watch:
        accounts.revoke(home.folder, "watch-7")
        home.broker.reload()

        assert watch.closed.wait(PATIENCE)


def test_a_broker_that_does_not_run_cannot_reload(tmp_path: Path) -> None:
    with pytest.raises(BrokerError) as refused:
        EmbeddedBroker(tmp_path).reload()

    assert refused.value.reason is BrokerReason.NOT_RUNNING


def test_a_broker_that_cannot_start_says_why(make_home: MakeHome) -> None:
    home = make_home()
    home.broker.stop()
    sessions = home.broker.files.store / "jetstream"
    sessions.rename(home.broker.files.store / "aside")
    sessions.write_text("in the way")

    with pytest.raises(BrokerError, match=r"server\.log") as refused:
        home.broker.start()

    assert refused.value.reason is BrokerReason.DIED
    assert "jetstream" in str(refused.value).lower()
