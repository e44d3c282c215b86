"""This is the place for looking after the broker: started with the recorder, started again when it dies."""

import errno
import hashlib
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from healthmon.app.cares.broker_place import BrokerPlace
from healthmon.app.cares.turned_away import TurnedAway
from healthmon.app.who_is_here import GATEWAY, RECORDER, carer_here
from healthmon.broker import BrokerError, EmbeddedBroker, Problem, ProblemKind, Role, accounts
from healthmon.errors import HealthmonError
from healthmon.events import Rejected
from healthmon.mqtt import BrokerUrl
from healthmon.settings import BrokerSettings

LOOK_EVERY = 0.5  # seconds of real time
OPENS_WITHIN = 10.0  # s, real time, that a new broker stays shut for want of a listener while we wait


class BrokerCare:
    """The embedded broker of a data folder, or somebody else's by URL, which looks after itself."""

    def __init__(self, data: Path, settings: BrokerSettings, *, refuge: Path | None = None) -> None:
        self._data = data
        self._external = BrokerUrl.parse(settings.url) if settings.url else None
        self._embedded = (
            None if self._external else EmbeddedBroker(data, home=settings.home, refuge=refuge, guarded=True)
        )
        self._place = None if self._embedded is None else BrokerPlace(self._embedded)
        self._home = settings.home
        mark = hashlib.blake2b(str(data.absolute()).encode(), digest_size=6).hexdigest()
        self.client_id = f"healthmon-recorder-{mark}"  # one for each data folder on a shared broker
        self._turned_away = TurnedAway()
        self._accounts_changed = 0
        self._order_problem = ""
        self._looked = 0.0
        self._broke: datetime | None = None
        self.problem = ""

    @property
    def shown(self) -> str:
        """How to name the broker to a person: no password in it."""
        return str(self._external) if self._external else "its own broker"

    def start(self) -> BrokerUrl:
        """Start it if it is ours, with the accounts a home needs. The URL for the recorder."""
        if self._external is not None:
            return self._external
        assert self._embedded is not None
        try:
            for name, role in (
                (RECORDER, Role.RECORDER),
                (GATEWAY, Role.GATEWAY),
                (carer_here(), Role.CARER),
            ):
                accounts.ensure(self._data, name, role, home=self._home)
            self._embedded.start()
        except BrokerError:
            if self._embedded.can_go_home() or not accounts.path_of(self._data).exists():
                raise
            self._embedded.move(to_refuge=True)  # the disk refuses from the start
        known = accounts.load(self._data)
        self._accounts_changed = accounts.path_of(self._data).stat().st_mtime_ns
        # Fixed, so that the broker keeps what comes while we are away; secret, so that nobody takes it over.
        self.client_id = known.account(RECORDER).client_id
        return BrokerUrl.parse(known.url_for(RECORDER))

    def await_listener(self) -> None:
        """Return when the listener, just started, has subscribed and devices may come in; 10 s at most."""
        deadline = time.monotonic() + OPENS_WITHIN
        while self._place and self._embedded and not self._embedded.is_open:
            if time.monotonic() > deadline:
                return
            self._place.open_for(self.client_id)
            time.sleep(0.02)

    def rewind(self) -> int:
        """Before the listener connects, from its thread: let the broker give again, in order, what it has to.

        How many messages that is. Trouble with it is told and stops nothing: late is worse than out of order.
        While the broker is down nobody connects, so that no connection comes about without this.
        """
        if self._embedded is None:
            return 0
        if not self._embedded.is_running():
            raise ConnectionRefusedError(errno.ECONNREFUSED, "our broker is down and will be started again")
        try:
            again = self._embedded.rewind(self.client_id)
        except HealthmonError as error:
            self._order_problem = str(error)
            return 0
        self._order_problem = ""
        return again

    def look_after(self, *, disk_is_well: Callable[[], bool]) -> list[Rejected]:
        """Called in every turn of the recorder: twice a second, see that it lives; start it again if not.

        While the disk is not well its store is elsewhere. What takes long happens in the background.
        Comes to what the broker itself turned away since the last look: it tells neither payload nor time.
        """
        if self._embedded is None or self._place is None or time.monotonic() - self._looked < LOOK_EVERY:
            return []
        self._looked = time.monotonic()
        if self._place.look_after(self.client_id, disk_is_well=disk_is_well()):
            return []
        if not self._embedded.is_running():
            self.problem = self._place.told
            self._place.start_again()
            return []
        self._take_in_accounts(self._place)
        if self._place.is_moving:
            return []
        return self._turned_away.fresh(self._problems(self._embedded))

    def _problems(self, embedded: EmbeddedBroker) -> list[Problem]:
        try:
            problems = embedded.problems()
        except HealthmonError as error:
            self.problem = str(error)
            return []
        if self._place and any(_is_news_of_the_store(one, self._broke) for one in problems):
            self._broke = max(one.last for one in problems if one.kind is ProblemKind.STORE_BROKEN)
            self._place.store_broke()
        known = self._order_problem or (self._place.told if self._place else "")
        self.problem = known or (problems[-1].cure if problems else "")
        return problems

    def _take_in_accounts(self, place: BrokerPlace) -> None:
        """`healthmon pair` wrote another account: let it in without disconnecting anybody."""
        try:
            changed = accounts.path_of(self._data).stat().st_mtime_ns
        except OSError:
            return
        if changed != self._accounts_changed:
            self._accounts_changed = changed
            place.reload()

    def stop(self) -> None:
        """Stop what was started here."""
        if self._place is not None:
            self._place.stop()
        if self._embedded is not None:
            self._embedded.stop()


def _is_news_of_the_store(problem: Problem, known: datetime | None) -> bool:
    return problem.kind is ProblemKind.STORE_BROKEN and (known is None or problem.last > known)
