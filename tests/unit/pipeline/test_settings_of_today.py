"""What stands in a file changes nobody's limits of today."""

import pytest

from healthmon.alarms import Alarms
from healthmon.events import Event, Thing
from healthmon.testing import Home


@pytest.mark.parametrize("delivery", ["import", "retained"])
def test_an_old_setting_changes_no_limit_of_today(delivery: str) -> None:
    home = Home((Alarms(),))
    home.hear(
        Event(
            id="1",
            time=home.clock.now(),
            subject=Thing("CAREGIVER", "anna"),
            verb="SETS",
            object=Thing("ALARM", "SPO2_CRIT"),
            context={"person": "maria", "value": 80, "unit": "%", "delivery": delivery},
        )
    )

    home.tell("every 1 s for 60 s  OXIMETER ox-1 MEASURES SPO2 84 % OF maria")

    assert home.heard("MONITOR RAISES ALARM SPO2_CRIT OF maria")
