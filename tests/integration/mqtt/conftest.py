"""This is the place for the homes of the MQTT tests: the same as those of the broker's tests."""

from tests.integration.broker.conftest import make_home, shared_home

__all__ = ["make_home", "shared_home"]
