"""This is the place for the home that tests of the broker share, and for homes of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from healthmon.broker import EmbeddedBroker, Limits
from tests.integration.broker.stage import HASTY, Home

MakeHome = Callable[..., Home]


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A running broker for a whole file. Tests use names of their own in it."""
    folder = tmp_path_factory.mktemp("home")
    home = Home(folder, EmbeddedBroker(folder, limits=HASTY))
    home.broker.start()
    yield home
    home.broker.stop()


@pytest.fixture
def make_home(tmp_path: Path) -> Iterator[MakeHome]:
    """Homes whose brokers are started here, and stopped whatever the test did to them."""
    with ExitStack() as ends:

        def make(folder: Path = tmp_path, limits: Limits = HASTY) -> Home:
            home = Home(folder, EmbeddedBroker(folder, limits=limits))
            ends.callback(home.broker.stop)
            home.broker.start()
            return home

        yield make
