"""This is the place where a command's options become a run: checked, put together, and told about."""

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import platformdirs

from devices import history, live
from devices import replay as replaying
from devices.cohort import cohort
from devices.duration import duration, moment
from devices.errors import DeviceError, DeviceReason
from devices.mqtt.accounts import Broker, from_data, from_url
from devices.mqtt.exchange import Exchange, carer_line, device_lines
from devices.people import Person, at_home
from devices.recording import read_recording
from devices.stage import shelf
from devices.stage.script import Script
from devices.things.household import Household, Manner
from devices.things.introduction import CARER, introduce
from devices.things.voice import told
from healthmon.clock import Clock, clock_from

_CONNECTED_WITHIN = 15.0  # s
_LEFT_WITHIN = 5.0  # s
_SETTLED_WITHIN = 60.0  # s for the last acknowledgements of a replay


def simulate(options: argparse.Namespace) -> int:
    """A home now, or its past in a file."""
    _check(options)
    if options.history or options.days:
        return _past(options)
    return _present(options)


def replay(options: argparse.Namespace) -> int:
    """A recording as devices."""
    if options.clock and options.speed:
        raise _bad("--speed and --clock both say how fast; leave one out")
    if options.speed is not None and options.speed < 1:
        raise _bad("--speed is at least 1: a slower replay would speak of the future")
    recording = read_recording(Path(options.file))
    if options.records:
        recording = recording.only(options.records.split(","))
    clock = clock_from(options.clock or "system")
    broker = _broker(options)
    devices = [replaying.device_of(record) for record in recording.samples]
    exchange = Exchange(broker, device_lines(broker, devices), boot=_boot(clock))
    stops = _asked_to_stop()
    exchange.open(_CONNECTED_WITHIN, stops)
    pace = replaying.Pace(options.speed or float("inf"), on_clock=bool(options.clock))
    done = replaying.run(recording, exchange, clock, pace, stops=stops)
    settled = exchange.flush(_SETTLED_WITHIN)
    missing = exchange.unacknowledged()
    exchange.leave(_LEFT_WITHIN)
    for quantity, count in sorted(done.counts.items()):
        print(f"{quantity} {count}")
    for reason, count in sorted(recording.left_out.items()):
        print(f"left out {count} rows: {reason}")
    if settled and done.is_complete:
        return 0
    why = f"{missing} messages were not acknowledged" if not settled else "it was stopped before the end"
    print(f"devices: {why}; run it again when the broker answers", file=sys.stderr)
    return 1


def _present(options: argparse.Namespace) -> int:
    clock = clock_from(options.clock or "system")
    people = at_home(options.people)
    broker = _broker(options)
    scenario = shelf.find(options.scenario or "ordinary")
    scenario.staged(people, 0.0)  # a mistake in it is told before anything is published
    stops = live.until(duration(options.lasting) if options.lasting else None, _asked_to_stop())
    if options.introduce:
        _introduce(broker, people, clock)
    start = float(np.floor(clock.now().timestamp()))
    manner = Manner(seed=options.seed, boot=_boot(clock), every=1 / options.hz)
    household = Household(people, scenario.staged(people, start), manner)
    exchange = Exchange(broker, device_lines(broker, household.devices()), boot=manner.boot)
    exchange.open(_CONNECTED_WITHIN)
    print(
        f"{len(people)} people, {scenario.name} from {_text(start)}, to {broker}; Ctrl-C ends it", flush=True
    )
    count = live.run(household, exchange, clock, start=start - 1e-3, stops=stops)
    return _ended(exchange, count)


def _ended(exchange: Exchange, count: int) -> int:
    settled = exchange.leave(_LEFT_WITHIN)
    lost = exchange.forgotten()
    print(f"{count} events published", flush=True)
    if settled and not lost:
        return 0
    print(
        f"devices: {exchange.unacknowledged()} messages not acknowledged, {lost} given up while the broker"
        " was away; see that the recorder runs",
        file=sys.stderr,
    )
    return 1


def _introduce(broker: Broker, people: tuple[Person, ...], clock: Clock) -> None:
    now = float(np.floor(clock.now().timestamp()))
    exchange = Exchange(broker, [carer_line(broker, CARER)], boot=_boot(clock))
    exchange.open(_CONNECTED_WITHIN)
    sayings = introduce(people, _boot(clock), now, _text(now))
    for _, payload in live.messages(sayings):
        exchange.offer(CARER, payload)
    if not exchange.leave(_LEFT_WITHIN):
        raise DeviceError(
            DeviceReason.NO_BROKER, f"{broker} did not take the introduction; see that the recorder runs"
        )


def _past(options: argparse.Namespace) -> int:
    if not options.out:
        raise _bad("a past is written to a file; add --out FILE.jsonl, or --out -")
    length = timedelta(days=options.days) if options.days else duration(options.history)
    end = moment(options.until).timestamp() if options.until else clock_from("system").now().timestamp()
    every = duration(options.every).total_seconds()
    end = float(np.floor(end / every) * every)
    past = history.Past(end - length.total_seconds(), end, every)
    people = cohort(options.seed, options.people) if options.days else at_home(options.people)
    script = shelf.find(options.scenario).staged(people, past.start) if options.scenario else Script()
    boot = past.boot(options.seed, options.scenario or "")
    manner = Manner(
        seed=options.seed,
        boot=boot,
        every=every,
        claims=True,
        knows_drinkers=bool(options.days),
        truth=options.truth,
    )
    began = time.monotonic()
    count = history.write(options.out, history.lines(people, script, manner, past), tell=_progress())
    took = time.monotonic() - began
    print(
        f"{count} lines about {len(people)} people until {_text(end)} in {options.out}, {took:.1f} s",
        file=sys.stderr,
    )
    return 0


def _check(options: argparse.Namespace) -> None:
    if options.people < 1:
        raise _bad("--people is at least 1")
    if not 0.01 <= options.hz <= 10:
        raise _bad("--hz is from 0.01 to 10")
    if options.history and options.days:
        raise _bad("--history is for the home and --days for a training set; leave one out")
    if (options.truth or options.out) and not (options.history or options.days):
        raise _bad("--truth and --out go with --history DURATION or --days N")
    if options.days is not None and options.days < 1:
        raise _bad("--days is at least 1")


def _broker(options: argparse.Namespace) -> Broker:
    if options.broker and options.data:
        raise _bad("--data and --broker both say where to publish; leave one out")
    if options.broker:
        return from_url(options.broker, options.home)
    chosen = options.data or os.environ.get("HEALTHMON_PATHS_DATA")
    folder = Path(chosen) if chosen else Path(platformdirs.user_data_dir("healthmon", appauthor=False))
    return from_data(folder.expanduser())


def _asked_to_stop() -> Callable[[], bool]:
    """Whether SIGTERM or Ctrl-C came since now."""
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: asked.append(got))
    return lambda: bool(asked)


def _progress() -> Callable[[int], None]:
    if not sys.stderr.isatty():
        return lambda _count: None
    return lambda count: print(f"\r{count} lines", end="\r", file=sys.stderr, flush=True)


def _boot(clock: Clock) -> str:
    """No two runs begin in the same millisecond of the same clock."""
    return f"b{int(clock.now().timestamp() * 1000):x}"


def _text(at: float) -> str:
    return told(np.array([at]))[0]


def _bad(message: str) -> DeviceError:
    return DeviceError(DeviceReason.BAD_OPTION, message)
