"""A message of a megabyte, such as a registry of devices, does not hold the readings up."""

import os
import sys
from pathlib import Path

import pytest

from tests.fakes.homes import real_home

REGISTRY = (
    b"[" + b",".join([b'{"name": "a lamp", "definition": {"exposes": ["state", "power"]}}'] * 15_000) + b"]"
)
SOON = 2.0  # s


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody tells what a process has worked")
def test_a_reading_behind_registries_costs_little_before_it_is_in_the_log(tmp_path: Path) -> None:
    assert len(REGISTRY) < 1 << 20
    with real_home(tmp_path) as home, home.publisher() as gateway:
        before = _worked(home.recorder.popen.pid)
        for _ in range(5):
            gateway.publish("healthmon/home/bridge/event", REGISTRY)
        assert home.measure(gateway, range(20))
        assert home.logged(20, verb="MEASURES")
        assert home.logged(5, verb="REJECTS")

        worked = _worked(home.recorder.popen.pid) - before

    assert worked < SOON


def _worked(pid: int) -> float:
    """Seconds of processor time, which a machine that is busy with something else does not stretch."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # utime and stime, proc(5)
