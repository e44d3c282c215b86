"""`healthmon`: the window over the log."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from healthmon.cli.display import draw_offscreen, has_display
from healthmon.cli.options import add_data, duration, parser, settings_of


def run(words: Sequence[str]) -> int:
    """Show the window until it is closed."""
    made = parser(
        "",
        "The window over your log; starts a recorder if none runs. `healthmon help` lists the other verbs.",
        "healthmon --data ./home --theme light",
    )
    made.add_argument("--theme", choices=("dark", "light", "system"), help="how it looks (default: as set)")
    made.add_argument("--size", type=_size, metavar="WxH", help="the window's size, as 1366x768")
    made.add_argument(
        "--for", dest="lasting", type=duration, metavar="TIME", help="close after this much real time"
    )
    made.add_argument("--screenshot", type=Path, metavar="FILE.png", help="save a picture when it closes")
    made.add_argument("--no-recorder", action="store_true", help="only look: never start a recorder")
    made.add_argument(
        "--clock", metavar="SPEC", help="system, or ORIGIN@SPEED (default: as the log remembers)"
    )
    add_data(made)
    args = made.parse_args(words)
    if args.screenshot is not None and not has_display():
        draw_offscreen()
    from healthmon.app.window import WindowOptions, show

    options = WindowOptions(
        size=args.size,
        screenshot=args.screenshot,
        lasting=args.lasting,
        keeps_recorder=not args.no_recorder,
        clock=args.clock,
    )
    return show(settings_of(args, window__theme=args.theme), options)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write 1366x768")
    return int(width), int(height)
