"""A message of a megabyte, such as a registry of devices, does not hold the readings up."""

from datetime import timedelta
from pathlib import Path

from tests.fakes.homes import PATIENCE, real_home

REGISTRY = (
    b"[" + b",".join([b'{"name": "a lamp", "definition": {"exposes": ["state", "power"]}}'] * 15_000) + b"]"
)
SOON = timedelta(seconds=2)


def test_a_reading_behind_registries_is_in_the_log_soon(tmp_path: Path) -> None:
    assert len(REGISTRY) < 1 << 20
    with real_home(tmp_path) as home, home.publisher() as gateway:
        for _ in range(5):
            gateway.publish("healthmon/home/bridge/event", REGISTRY)
        assert home.measure(gateway, range(20))
        assert home.logged(20, verb="MEASURES")
        assert home.logged(5, verb="REJECTS")

        began, ended = home.said("REJECTS")[0].received, home.said("MEASURES")[-1].received

    assert PATIENCE > SOON.total_seconds() > (ended - began).total_seconds()
