"""This is the place for starting other programs so that none of them outlives us.

A child gets a process group of its own. Whatever ends us early (Ctrl-C, SIGTERM, an error) ends the whole
group first: asked to stop, then told, then killed. `become` leaves no parent behind at all.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, NoReturn

from devtools.trouble import Trouble

IS_POSIX = os.name == "posix"
PATIENCE = ((signal.SIGINT, 10.0), (signal.SIGTERM, 5.0), (getattr(signal, "SIGKILL", signal.SIGTERM), 5.0))


def become(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Turn into `command`: its exit code is ours, its signals are its own. Returns only on Windows."""
    try:
        if IS_POSIX:
            os.execvpe(command[0], list(command), dict(env))
        return subprocess.call(command, env=env)
    except OSError as error:
        raise Trouble(f"cannot run {command[0]}: {error.strerror}", code=127) from error


def run(command: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> int:
    """Run `command` to its end with its output where ours goes, and tell its exit code."""
    child = _start(command, env=env, cwd=cwd, output=None)
    try:
        return child.wait()
    finally:
        stop(child)


def listen(command: Sequence[str], *, env: Mapping[str, str], cwd: Path, hear: Callable[[str], None]) -> int:
    """Run `command` to its end, hand each line of its output to `hear`, and tell its exit code."""
    child = _start(command, env=env, cwd=cwd, output=subprocess.PIPE)
    try:
        assert child.stdout is not None  # it was captured
        with child.stdout as lines:
            for line in lines:
                hear(line.rstrip("\n"))
        return child.wait()
    finally:
        stop(child)


def record(
    command: Sequence[str], *, env: Mapping[str, str], cwd: Path, into: Path, limit: float
) -> int | None:
    """Run `command` with its output in the file `into`; its exit code, or None after `limit` seconds."""
    with into.open("w") as output:
        child = _start(command, env=env, cwd=cwd, output=output)
        try:
            return child.wait(limit)
        except subprocess.TimeoutExpired:
            return None
        finally:
            stop(child)


def stop(child: "subprocess.Popen[str]") -> None:
    """End `child` and all it started. Does nothing when it has ended by itself."""
    for kind, patience in PATIENCE:
        if child.poll() is not None:
            return
        _signal(child, kind)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            continue


def end_on_sigterm() -> None:
    """Make SIGTERM unwind like Ctrl-C does, so that `finally` gets its turn."""

    def leave(_signal: int, _frame: object) -> NoReturn:
        sys.exit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, leave)


def _start(
    command: Sequence[str], *, env: Mapping[str, str], cwd: Path, output: int | IO[str] | None
) -> "subprocess.Popen[str]":
    try:
        return subprocess.Popen(
            command,
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            text=True,
            errors="replace",
            process_group=0 if IS_POSIX else None,
        )
    except OSError as error:
        raise Trouble(f"cannot run {command[0]}: {error.strerror}", code=127) from error


def _signal(child: "subprocess.Popen[str]", kind: signal.Signals) -> None:
    try:
        if IS_POSIX:
            os.killpg(child.pid, kind)
        else:
            child.terminate()
    except ProcessLookupError:
        pass  # it ended while we made up our mind
