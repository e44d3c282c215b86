"""This is the place for where the broker's files are: at home, or in a refuge while its disk fails."""

from pathlib import Path

from healthmon.broker import private_file, survivor
from healthmon.broker.config import BrokerFiles
from healthmon.broker.errors import BrokerError, BrokerReason

_ENOUGH = 1 << 20  # bytes that must fit before it is worth going home; our choice


class Whereabouts:
    """Two places, one of which counts. One thread at a time."""

    def __init__(self, home: Path, refuge: Path | None) -> None:
        self.home = BrokerFiles(home)
        self.refuge = None if refuge is None else BrokerFiles(refuge)
        self.files = self.home
        """The place that counts."""
        self._is_new = True

    @property
    def is_refuge(self) -> bool:
        """Whether it is the refuge."""
        return self.files is self.refuge

    def choose(self, *, refuge: bool) -> None:
        """From now on this one counts. Raises BrokerError (NO_REFUGE)."""
        if self.refuge is None:
            raise BrokerError(BrokerReason.NO_REFUGE, "the broker has no refuge: make room on the disk")
        self.files = self.refuge if refuge else self.home

    def clear(self) -> None:
        """Stop what still serves either place. Raises BrokerError: IN_USE, SURVIVOR.

        Where a crash left a refuge, begin there: what is in it was acknowledged.
        """
        survivor.stop_survivor(self.home)
        if self.refuge is not None:
            survivor.stop_survivor(self.refuge)
            if self._is_new and self.refuge.store.exists():
                self.files = self.refuge
        self._is_new = False

    def can_go_home(self) -> bool:
        """Whether files can be made again where the store belongs."""
        try:
            private_file.write(self.home.probe, bytes(_ENOUGH))
            self.home.probe.unlink()
        except (BrokerError, OSError):
            return False
        return True
