"""The machine is kept awake while somebody is monitored, or it is said that it cannot be."""

import select
import sys
from dataclasses import dataclass, field

from healthmon.app.cares.awake import (
    HELD_AFTER,
    LOOKS_EVERY,
    TRIES_AGAIN_AFTER,
    AwakeCare,
    SystemdLock,
)
from healthmon.events import Json


@dataclass
class FakeLock:
    reason: str | None = None
    released: bool = False

    def refusal(self) -> str | None:
        return self.reason

    def release(self) -> None:
        self.released = True


@dataclass
class Machine:
    """A clock and the locks that were taken."""

    now: float = 0.0
    reason: str | None = None
    locks: list[FakeLock] = field(default_factory=list)

    def take(self) -> FakeLock:
        self.locks.append(FakeLock(self.reason))
        return self.locks[-1]

    def care(self, *, is_wanted: bool = True) -> AwakeCare:
        return AwakeCare(self.take, is_wanted=is_wanted, now=lambda: self.now)

    def looks(self, care: AwakeCare, times: int = 1, *, is_monitored: bool = True) -> list[dict[str, Json]]:
        told = []
        for _ in range(times):
            news = care.look_after(is_monitored=is_monitored)
            told += [news] if news is not None else []
            self.now += LOOKS_EVERY
        return told


def test_nobody_monitored_keeps_nothing_awake() -> None:
    machine = Machine()
    assert machine.looks(machine.care(), 10, is_monitored=False) == [{"value": "off"}]
    assert machine.locks == []


def test_somebody_monitored_keeps_the_machine_awake_and_it_is_told_once() -> None:
    machine = Machine()
    care = machine.care()
    machine.looks(care, is_monitored=False)
    assert machine.looks(care, 5) == [{"value": "held"}]
    assert len(machine.locks) == 1
    assert HELD_AFTER <= LOOKS_EVERY


def test_nobody_monitored_any_more_lets_it_sleep() -> None:
    machine = Machine()
    care = machine.care()
    machine.looks(care, 3)
    told = machine.looks(care, 3, is_monitored=False)
    assert told == [{"value": "off"}]
    assert machine.locks[0].released


def test_a_refusal_is_told_with_its_reason_and_asked_again_later() -> None:
    machine = Machine(reason="Access denied")
    care = machine.care()
    assert machine.looks(care, 4) == [{"value": "cannot", "reason": "Access denied"}]
    machine.reason = None
    told = machine.looks(care, int(TRIES_AGAIN_AFTER / LOOKS_EVERY) + 3)
    assert told == [{"value": "held"}]


def test_who_does_not_want_it_is_told_that_the_machine_may_sleep() -> None:
    machine = Machine()
    assert machine.looks(machine.care(is_wanted=False), 3) == [
        {"value": "off", "reason": "switched off in the settings"}
    ]
    assert machine.locks == []


def test_a_machine_without_the_means_says_so() -> None:
    lock = SystemdLock(["no-such-inhibitor"])
    refusal = lock.refusal()
    assert refusal is not None
    assert refusal.startswith("no-such-inhibitor: ")
    lock.release()


def test_what_the_system_says_is_the_reason() -> None:
    lock = SystemdLock([sys.executable, "-c", "import sys; sys.exit('Failed to inhibit: no bus')"])
    assert lock._process is not None
    lock._process.wait()
    assert lock.refusal() == "Failed to inhibit: no bus"
    lock.release()


def test_a_holder_that_was_killed_while_its_child_lives_blocks_nobody() -> None:
    child = "import sys; print('up', flush=True); sys.stdin.read()"
    holder = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], stdout=sys.stderr)"
    lock = SystemdLock([sys.executable, "-c", holder])
    process = lock._process
    assert process is not None
    assert process.stderr is not None
    assert select.select([process.stderr], [], [], 30)[0]
    process.kill()
    process.wait()

    assert lock.refusal() == "up"
    assert lock.refusal() == f"ended with {process.returncode}"
    lock.release()


def test_the_lock_is_gone_with_its_holder() -> None:
    lock = SystemdLock([sys.executable, "-c", "import sys; sys.stdin.read()"])
    assert lock.refusal() is None
    assert lock._process is not None
    lock.release()
    assert lock._process.returncode == 0
