"""This is the place for what app decides about a window before it opens."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo
from pathlib import Path
from typing import Literal
from uuid import uuid4

from healthmon.clock import Clock, SystemClock
from healthmon.view.limits_card import AskWhatIf

Theme = Literal["dark", "light", "system"]


def _says_nothing() -> str | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a window looks and whom it speaks for. Everything has a sensible default.

    `closing` is asked when a person closes the window: the sentence it returns is shown once, with a choice;
    None closes at once. `stop_recording` adds the choice to stop the recorder. `on_started` is called once,
    after the first paint. `what_if` tells what other limits would have come to: it is called from a thread of
    its own and may take seconds; without it limits are set without a forecast. `screenshot` is written just
    before the window goes; `for_` is real time.
    """

    theme: Theme = "dark"
    title: str = "healthmon"
    size: tuple[int, int] = (1366, 768)
    carer: str = "carer"
    session: str = field(
        default_factory=lambda: uuid4().hex[:12]
    )  # new for every window: it makes event ids unique
    zone: tzinfo | None = None  # None: this machine's
    clock: Clock = field(default_factory=SystemClock)
    what_if: AskWhatIf | None = None
    closing: Callable[[], str | None] = _says_nothing
    stop_recording: Callable[[], None] | None = None
    on_started: Callable[[], None] | None = None
    screenshot: Path | None = None
    for_: timedelta | None = None
