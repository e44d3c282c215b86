"""This is the place for whether a device is where it should be: worn, laid aside, charging or silent."""

from dataclasses import dataclass

import numpy as np

from devices.arrays import Bools
from devices.chance import Chance
from devices.daytime import DAY
from devices.happenings import Happenings, hour_of_day
from devices.physiology.body import State
from devices.stage.script import Kind, Script


@dataclass(frozen=True, slots=True, eq=False)
class Contact:
    """At each time: whether the device touches skin, whether it measures, and whether it is mute."""

    worn: Bools
    measures: Bools
    mute: Bools


@dataclass(frozen=True, slots=True)
class Wear:
    """How one person wears one device.

    By habit it is laid aside now and then and charged once a day (silent, in local hours). A scenario that
    directs the person suspends the habits.
    """

    chance: Chance
    script: Script
    person: str
    device: str
    removed: Kind  # the word with which a scenario takes it off
    charged_at: float  # h

    def contact(self, state: State) -> Contact:
        """How it is worn at the times of this state."""
        times = state.at
        start = hour_of_day(self.charged_at)
        charging = (
            Happenings(self.chance.of("charging"), DAY, 0.95, (2400, 4500), (start, start + 0.05))
            .at(times)
            .on
        )
        aside = Happenings(self.chance.of("aside"), DAY / 2, 0.35, (600, 2100)).at(times).on & ~state.asleep
        planted = self.script.covers(self.person, times, self.removed)
        silent = self.script.covers(self.device, times, Kind.SILENCE)
        at_will = ~state.directed
        worn = ~(planted | (at_will & (aside | charging)))
        measures = ~(silent | (at_will & charging))
        return Contact(worn=np.asarray(worn), measures=np.asarray(measures), mute=silent)
