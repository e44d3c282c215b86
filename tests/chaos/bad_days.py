"""This is the place for bad days: a full disk, a folder nobody may write, a broker that is gone; under load.

`python -m tests.chaos.bad_days full-disk|read-only|no-broker --seconds 60`. Devices speak all the time and
write down what was acknowledged; one of them tells of a leap of the heart rate and of too little oxygen as
soon as the trouble begins. Afterwards: was the leap marked, and within 45 s the alarm raised, while the
trouble lasted, was the trouble told, is everything acknowledged in the log, in order, once?
"""

import argparse
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from healthmon import log
from healthmon.app.heartbeat import last_beat
from healthmon.app.places import Places
from healthmon.broker import Role, accounts
from healthmon.clock import SystemClock
from healthmon.events import wire
from healthmon.events.topics import device_event
from healthmon.mqtt import BrokerUrl, Publisher
from tests.chaos.house import Chaos, House
from tests.chaos.verdict import Verdict
from tests.fakes.homes import ROOT, eventually

ALARMING = "oximeter-9"
FILLS_WITHIN = 45.0  # s: so long a trouble uses up the reserve
PATIENCE = 40.0  # s more that a trouble may last on a slow machine until it is told and the alarm raised
DISK = 96 << 20
_CHUNK = bytes(1 << 16)


@dataclass(frozen=True, slots=True)
class Day:
    """What came of a bad day; `violation` is empty when every promise was kept."""

    verdict: Verdict
    alarmed: bool  # the alarm stood in the log while the trouble lasted
    told: tuple[str, ...]  # what the recorder said of its disk or broker meanwhile
    violation: str


def full_disk(data: Path, ends: ExitStack) -> None:
    """Somebody else fills the disk, and again whatever is freed."""
    filler = data.parent / "filler"
    done = threading.Event()

    def fill() -> None:
        with filler.open("ab", buffering=0) as file:
            while not done.wait(0.05):
                with suppress(OSError):
                    while True:
                        file.write(_CHUNK)

    thread = threading.Thread(target=fill)
    thread.start()
    ends.callback(filler.unlink)
    ends.callback(thread.join)
    ends.callback(done.set)


def read_only(data: Path, ends: ExitStack) -> None:
    """Nobody may write in the data folder, nor in anything below it that is opened from now on."""
    for path in [data, *data.rglob("*")]:
        with suppress(FileNotFoundError):  # the broker takes files away meanwhile
            if not path.is_symlink():
                mode = stat.S_IMODE(path.stat().st_mode)
                path.chmod(mode & ~0o222)
                ends.callback(_restore, path, mode)


def no_broker(data: Path, ends: ExitStack) -> None:
    """The broker is killed, and killed again as soon as it is back."""
    done = threading.Event()

    def kill() -> None:
        while not done.wait(0.2):
            with suppress(OSError, wire.WireError, LookupError):
                running = wire.read((data / "broker" / "running.json").read_bytes(), dict[str, object])
                os.kill(int(str(running["pid"])), 9)

    thread = threading.Thread(target=kill)
    thread.start()
    ends.callback(thread.join)
    ends.callback(done.set)


TROUBLES: dict[str, Callable[[Path, ExitStack], None]] = {
    "full-disk": full_disk,
    "read-only": read_only,
    "no-broker": no_broker,
}


def live_through(trouble: str, data: Path, seconds: float) -> Day:
    """A good moment, the trouble for so long, and peace again."""
    house = House(data, Chaos(kills=0, seed=1, devices=3), data.parent.parent / "diaries")
    pause = threading.Event()
    try:
        with _alarming(data) as alarm:
            pause.wait(3.0)
            began, from_offset = monotonic(), log.next_offset(data)
            told: set[str] = set()
            with ExitStack() as ends:
                TROUBLES[trouble](data, ends)
                alarm.set()
                alarmed = False
                while (past := monotonic() - began) < seconds or (
                    past < seconds + PATIENCE and not _is_over(trouble, told, alarmed=alarmed)
                ):
                    pause.wait(0.5)
                    told.update(_told(data))
                    alarmed = alarmed or _has_alarmed(data, from_offset)
            eventually(lambda: _is_well(data), patience=60.0)
            verdict = house.settle()
    finally:
        house.close()
    reported = {str(one.value) for one in log.read(data) if (one.verb, one.object.type) == ("REPORTS", "LOG")}
    violation = verdict.violation
    if not _is_told(trouble, told):
        violation = violation or "nobody was told of the trouble"
    if not _is_alarmed(trouble, alarmed=alarmed):
        violation = violation or "no alarm came while the trouble lasted"
    if trouble != "no-broker" and seconds >= FILLS_WITHIN and "overflow" not in reported:
        violation = violation or "the log never overflowed"
    return Day(verdict, alarmed, tuple(sorted(told | reported)), violation)


def _is_over(trouble: str, told: set[str], *, alarmed: bool) -> bool:
    return _is_told(trouble, told) and _is_alarmed(trouble, alarmed=alarmed)


def _is_told(trouble: str, told: set[str]) -> bool:
    return trouble == "read-only" or bool(told)  # files that are open may be written on, for a while


def _is_alarmed(trouble: str, *, alarmed: bool) -> bool:
    return trouble == "no-broker" or alarmed  # without any broker nobody can say anything


def in_its_own_world(trouble: str, seconds: float) -> "subprocess.CompletedProcess[str]":
    """The same in a process that may: on a small disk of its own, or as somebody who is not root.

    Exit code 77 where the system does not allow that.
    """
    words = [sys.executable, "-m", "tests.chaos.bad_days", trouble, "--seconds", str(seconds)]
    if trouble == "read-only" and os.geteuid() == 0:
        may = ["setpriv", "--bounding-set", "-all"]  # root, but bound by the modes of files
        if not _is_allowed([*may, "true"]):
            return subprocess.CompletedProcess(words, 77, "", "root may write everywhere here")
        words = [*may, *words]
    if trouble == "full-disk":
        may = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
        if not _is_allowed([*may, "true"]):
            return subprocess.CompletedProcess(words, 77, "", "no mount namespaces here")
        words = [*may, *words]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


def _is_allowed(words: Sequence[str]) -> bool:
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@contextmanager
def _alarming(data: Path) -> Iterator[threading.Event]:
    """A watch that, once the event is set, tells of forty seconds of low oxygen: a high alarm at once."""
    accounts.ensure(data, ALARMING, Role.DEVICE)
    begins, ends = threading.Event(), threading.Event()
    publisher = Publisher(BrokerUrl.parse(accounts.load(data).url_for(ALARMING)), ALARMING)

    def speak() -> None:
        number, low = 0, False
        while not ends.wait(1.0):
            number += 1
            readings = [_reading(number, "HR", 60 + number % 5, timedelta())]
            if begins.is_set():
                ago = range(0 if low else 40, -1, -1)
                readings += [_reading(number, "SPO2", 80, timedelta(seconds=past)) for past in ago]
                low = True
            publisher.publish(device_event("home", ALARMING), wire.write(readings))

    thread = threading.Thread(target=speak)
    publisher.start()
    thread.start()
    try:
        yield begins
    finally:
        ends.set()
        thread.join()
        publisher.stop()


def _reading(number: int, quantity: str, value: float, ago: timedelta) -> dict[str, object]:
    return {
        "id": f"{ALARMING}:a{quantity}:{number}:{ago.total_seconds():g}",
        "time": SystemClock().now() - ago,
        "subject": "WATCH",
        "verb": "MEASURES",
        "object": quantity,
        "context": {"value": value, "unit": "/min" if quantity == "HR" else "%"},
    }


def _has_alarmed(data: Path, from_offset: int) -> bool:
    said = {(one.verb, str(one.object)) for one in log.read(data, from_offset)}
    return ("RAISES", "ALARM SPO2_CRIT") in said


def _told(data: Path) -> list[str]:
    beat = last_beat(Places(data).heartbeat)
    if beat is None:
        return []
    return [f"log: {beat.problem}"] * bool(beat.problem) + ["broker down"] * (not beat.broker_up)


def _is_well(data: Path) -> bool:
    beat = last_beat(Places(data).heartbeat)
    return beat is not None and beat.broker_up and not beat.problem


def _restore(path: Path, mode: int) -> None:
    with suppress(FileNotFoundError):
        path.chmod(mode)


def main(words: list[str]) -> int:
    """Live through one day and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.bad_days", description=__doc__)
    parser.add_argument("trouble", choices=list(TROUBLES))
    parser.add_argument("--seconds", type=float, default=60.0, help="how long it lasts (60)")
    asked = parser.parse_args(words)
    with TemporaryDirectory(prefix="healthmon-bad-day-") as folder:
        home, runtime = Path(folder, "disk"), Path(folder, "runtime")
        home.mkdir()
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        os.environ["HEALTHMON_LOG_SEGMENT_MIB"] = "1"  # a file that is open may be written on: so open many
        if asked.trouble == "full-disk":
            mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(home)]
            subprocess.run(mount, check=True)
        day = live_through(asked.trouble, home / "data", asked.seconds)
        if asked.trouble == "full-disk":
            subprocess.run(["umount", "--lazy", str(home)], check=True)
    print(f"{asked.trouble} for {asked.seconds:g} s; told: {'; '.join(day.told)}")
    print(f"{day.verdict.acknowledged} events acknowledged, {day.verdict.logged} in the log")
    print(day.violation or "every acknowledged event is in the log, in order, once; the alarm came meanwhile")
    return int(bool(day.violation))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
