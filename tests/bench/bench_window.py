"""This is the place for what the window costs: to start, to tick and paint a day of eight people, to hold.

Peer, measured beside it: a bare pyqtgraph window with two plots of the same curves, drawn as the library
does by itself (antialiased 1.8 px path). CPU time, not wall time: the machine is shared. Offscreen, no GPU.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthmon.view.screen import Screen

PEER = "bare pyqtgraph"
_DAY = timedelta(hours=24)
_TICKS = 60

_START = """
import json, time
from healthmon.gui.session import application
from healthmon.gui.window import MonitorWindow
app = application()
imported = time.process_time()
from tests.fakes import screens
made = screens.calm()
begun = time.process_time()
window = MonitorWindow(screens.FakeDesk(made), lambda event: None)
window.tick()
window.show()
app.processEvents()
shown = time.process_time()
size = [line for line in open("/proc/self/status") if line.startswith("VmRSS")][0]
print(json.dumps({"start": (imported + shown - begun) * 1000, "rss": int(size.split()[1]) / 1024}))
"""


_BARE = """
import json, time
import numpy as np
import pyqtgraph as pg
pg.setConfigOptions(antialias=True)
app = pg.mkQApp()
view = pg.GraphicsLayoutWidget()
view.resize(820, 450)
chance = np.random.default_rng(7)
at, curves = np.arange(775.0), []
for place in range(2):
    pen = pg.mkPen("g", width=1.8)
    curves.append(view.addPlot(place, 0).plot(at, 80 + chance.normal(0, 1.6, 775), pen=pen))
view.show()
app.processEvents()
shown = time.process_time()
size = [line for line in open("/proc/self/status") if line.startswith("VmRSS")][0]
ticks = []
for place in range(40):
    begun = time.process_time()
    for curve in curves:
        curve.setData(at, 80 + chance.normal(0, 1.6, 775))
    app.processEvents()
    ticks.append(time.process_time() - begun)
told = {"start": shown * 1000, "rss": int(size.split()[1]) / 1024, "tick": sorted(ticks)[20] * 1000}
print(json.dumps(told))
"""


def measure() -> list[dict[str, object]]:
    """Start-up, tick and paint, idle tick, and memory."""
    started = [_told_by(_START) for _ in range(3)]
    bare = [_told_by(_BARE) for _ in range(3)]
    busy, idle = _ticks()

    def least(told: list[dict[str, float]], name: str) -> float:
        return min(one[name] for one in told)

    return [
        _row("window: imports to first paint", least(started, "start"), "ms CPU", least(bare, "start")),
        _row("window: tick and paint, 8 people x 24 h, all new", busy, "ms CPU", least(bare, "tick")),
        _row("window: tick with nothing new", idle, "ms CPU", None),
        _row("window: RSS, 8 people shown", least(started, "rss"), "MiB", least(bare, "rss")),
    ]


def _row(name: str, value: float, unit: str, theirs: float | None) -> dict[str, object]:
    return {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "peer": PEER if theirs is not None else None,
        "peer_value": round(theirs, 2) if theirs is not None else None,
        "ratio": round(value / theirs, 2) if theirs is not None else None,
    }


def _told_by(program: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def _ticks() -> tuple[float, float]:
    from healthmon.gui.carer import Receipt
    from healthmon.gui.session import application
    from healthmon.gui.window import MonitorWindow
    from healthmon.view.screen import Span
    from tests.fakes import screens

    app = application()
    day = screens.calm(span=Span(_DAY), columns=775)
    desk = screens.FakeDesk(day)
    window = MonitorWindow(desk, lambda event: Receipt(event.id))
    window.show()
    window.tick()
    app.processEvents()

    def spent(screen: "Screen | None") -> float:
        if screen is not None:
            desk.show(screen)
        begun = process_time()
        window.tick()
        app.processEvents()
        return (process_time() - begun) * 1000

    busy = median(spent(_moved_on(day, place)) for place in range(_TICKS))
    idle = median(spent(None) for _ in range(_TICKS))
    window.leave()
    window.deleteLater()
    return busy, idle


def _moved_on(day: "Screen", place: int) -> "Screen":
    """The same day `place` seconds later: all curves, people and the event table are new."""
    from healthmon.view.screen import EventRow
    from tests.fakes import screens

    rate = screens.numeral("HR", 70 + place % 20)
    moved = [replace(one, curve=replace(one.curve, mean=one.curve.mean + place * 0.01)) for one in day.trends]
    return replace(
        day,
        now=day.now + place * timedelta(seconds=1),
        heart_rate=rate,
        people=tuple(replace(row, heart_rate=rate) for row in day.people),
        trends=tuple(moved),
        new_events=(EventRow(100 + place, day.now, "Maria", "device", "Reading", "", ""),),
    )
