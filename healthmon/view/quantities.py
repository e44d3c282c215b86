"""This is the place for the two quantities that have numerals and plots, and how they look."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from healthmon.events.vocabulary import HR, SPO2


@dataclass(frozen=True, slots=True)
class Quantity:
    """How one quantity is shown: by one name everywhere, that of its alarms.

    A reading older than `grey_after` is no longer believed: 15 s for heart rate, 60 s for oxygen, our choice;
    GE monitors report a lost signal after 10 to 17 s.
    """

    code: str
    title: str
    unit: str
    grey_after: timedelta
    bottom: float  # of the plot, when nothing asks for more
    top: float
    margin: float  # left free beyond data and limits
    step: float  # the plot's range moves in such steps, so that it seldom moves


HEART_RATE: Final = Quantity(
    code=HR,
    title="Heart rate",
    unit="bpm",
    grey_after=timedelta(seconds=15),
    bottom=40,
    top=165,
    margin=5,
    step=20,
)
OXYGEN: Final = Quantity(
    code=SPO2,
    title="Oxygen",
    unit="%",
    grey_after=timedelta(seconds=60),
    bottom=84,
    top=104,
    margin=1.5,
    step=4,
)
VITALS: Final = {HR: HEART_RATE, SPO2: OXYGEN}
