"""`healthmon demo`: a house of simulated people."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from healthmon.cli.display import NO_DISPLAY, draw_offscreen, has_display
from healthmon.cli.options import add_data, parser, settings_of


def run(words: Sequence[str]) -> int:
    """Play the demo; its exit code."""
    args = _parser().parse_args(words)
    if not has_display():
        if args.screenshot is None:
            print(_NO_DISPLAY, file=sys.stderr)
            return NO_DISPLAY
        draw_offscreen()
    from healthmon.app.demo import DemoOptions, demo

    os.environ["HEALTHMON_BROKER_URL"] = ""  # simulated people keep out of a real home's broker
    signal.signal(signal.SIGTERM, _interrupt)
    options = DemoOptions(
        scenario=args.scenario,
        people=args.people,
        speed=args.speed,
        seed=args.seed,
        history=args.history,
        folder=Path(args.data) if args.data else None,
        unattended=bool(args.lasting or args.screenshot),
        window=tuple(_window_words(args)),
    )
    return demo(settings_of(args), options, lambda line: print(line, flush=True))


def _parser() -> argparse.ArgumentParser:
    made = parser(
        "demo",
        "Everything on one machine: simulated people, their devices, a broker, the recorder and the window.",
        "healthmon demo --people 4 --speed 10",
    )
    made.add_argument(
        "--scenario", default="ordinary", metavar="NAME|FILE", help="what happens (default: ordinary)"
    )
    made.add_argument("--people", type=_count, default=3, metavar="N", help="how many people (1 to 12)")
    made.add_argument("--speed", type=_speed, default=1.0, metavar="X", help="times real time (default: 1)")
    made.add_argument("--seed", type=int, default=7, metavar="N", help="the same seed plays the same day")
    made.add_argument(
        "--no-history", dest="history", action="store_false", help="do without two weeks of history before"
    )
    made.add_argument(
        "--for", dest="lasting", metavar="TIME", help="end after this much real time, as 30s or 5min"
    )
    made.add_argument(
        "--screenshot", metavar="FILE.png", help="save a picture at the end (after 30 s, or --for)"
    )
    made.add_argument("--size", metavar="WxH", help="the window's size, as 1366x768")
    made.add_argument("--theme", choices=("dark", "light", "system"), help="how the window looks")
    add_data(made)
    return made


def _window_words(args: argparse.Namespace) -> list[str]:
    lasting = args.lasting or ("30s" if args.screenshot else None)
    pairs = (
        ("--for", lasting),
        ("--screenshot", args.screenshot),
        ("--size", args.size),
        ("--theme", args.theme),
    )
    return [word for name, value in pairs if value is not None for word in (name, value)]


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 12:
        raise argparse.ArgumentTypeError(f"{text} people: choose 1 to 12")
    return int(text)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no number") from error
    if not 0.1 <= speed <= 600:
        raise argparse.ArgumentTypeError(f"{text} times real time: choose 0.1 to 600")
    return speed


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


_NO_DISPLAY = (
    "healthmon: there is no display here; healthmon demo --screenshot demo.png plays 30 s and saves a picture"
)
