"""`healthmon alarms whatif`: how many alarms other limits would have come to."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta

from healthmon.alarms import BY_LIMIT, CLASSES
from healthmon.alarms.outcome import Change, Outcome, Wish
from healthmon.app.whatif import WEEK, load
from healthmon.cli.alarms_span import add_span, now_of, span_of
from healthmon.cli.kinds import meant
from healthmon.cli.options import add_data, duration, home_of, parser
from healthmon.cli.progress import Progress
from healthmon.events import Json, wire
from healthmon.events.plain_text import made_plain
from healthmon.log import people
from healthmon.reports.whatif import row_of
from healthmon.settings import Settings


def run(words: Sequence[str]) -> int:
    """Print what the person's own log comes to under other terms, or one JSON object."""
    made = parser(
        "alarms whatif",
        "Replay somebody's own log with other limits, by the very rule that watches them.\n"
        "Alarms are new ones; those that come back within five minutes are not counted again.",
        "healthmon alarms whatif --person maria --limit spo2_low=88 --delay 15s --last 7d",
    )
    made.add_argument(
        "--limit",
        action="append",
        default=[],
        metavar="ALARM=VALUE",
        help="another limit, or `off`; again for more alarms",
    )
    made.add_argument(
        "--delay",
        action="append",
        default=[],
        metavar="[ALARM=]TIME",
        help="another delay, as 15s or 2min: of every alarm named with --limit, or of this one",
    )
    made.add_argument("--json", action="store_true", help="one JSON object")
    add_span(made)
    add_data(made)
    args = made.parse_args(words)
    wish = _wish(args, made)
    settings = home_of(args)
    now = now_of(settings)
    since, until = span_of(args, made, now)
    progress = Progress("loading", 1)
    person = args.person or _only_person(settings, made)
    what_if = load(settings, person, since or (until or now) - WEEK, until, told=progress.draw)
    progress.done()
    outcome = what_if.of(wish)
    print(wire.write(asdict(outcome)).decode() if args.json else "\n".join(_lines(outcome)))
    return 0


_LOOK_BACK = [row.id for row in CLASSES if row not in BY_LIMIT]


def _wish(args: argparse.Namespace, by: argparse.ArgumentParser) -> Wish:
    wish: dict[str, dict[str, Json]] = {}
    for word in args.limit:
        name, _, value = word.partition("=")
        wish.setdefault(_alarm(name, by), {}).update(_limit(word, value, by))
    for word in args.delay:
        name, _, time = word.rpartition("=")
        named = [_alarm(name, by)] if name else list(wish)
        if not named:
            by.error(
                f"--delay {word} is of no alarm: write --delay spo2_low={word}, or name one with --limit"
            )
        for alarm in named:
            wish.setdefault(alarm, {})["delay_s"] = _seconds(time, by)
    if not wish:
        by.error(
            "nothing is wished for: write --limit spo2_low=88, --limit hr_low=off or --delay spo2_low=15s"
        )
    return wish


def _alarm(name: str, by: argparse.ArgumentParser) -> str:
    row = row_of(name)
    if row is None:
        by.error(f"there is no alarm {name!r}; {meant(name.upper(), [one.id for one in CLASSES])}")
    return row.id


def _limit(word: str, value: str, by: argparse.ArgumentParser) -> dict[str, Json]:
    if value == "off":
        return {"off": True}
    try:
        return {"value": float(value)}
    except ValueError:
        by.error(f"{word!r} is no limit; write spo2_low=88, or spo2_low=off")


def _seconds(time: str, by: argparse.ArgumentParser) -> float:
    try:
        return duration(time).total_seconds()
    except argparse.ArgumentTypeError as error:
        by.error(str(error))


def _only_person(settings: Settings, by: argparse.ArgumentParser) -> str:
    known = people(settings.data_folder)
    if len(known) != 1:
        names = ", ".join(made_plain(name) for name in known) or "nobody"
        by.error(f"say whose log it is with --person: there is {names}")
    return known[0]


def _lines(outcome: Outcome) -> Iterator[str]:
    last = outcome.nights[-1].alarms if outcome.nights else outcome.alarms
    yield f"{_told(last)} {'last night' if outcome.nights else 'in this time'}"
    days = (outcome.until - outcome.since) / timedelta(days=1)
    yield f"{_told(outcome.alarms)} in {days:.1f} days, {_told(outcome.audible)} of them audible"
    yield ""
    for kind in outcome.kinds:
        yield f"  {kind.alarm:<14}{_short(kind.alarms)}, at night {_short(kind.at_night)}"
    for night in outcome.nights:
        yield f"  night of {night.evening}  {_short(night.alarms)}"
    yield f"  not run again, for they look back: {', '.join(_LOOK_BACK)}"
    if outcome.lost:
        yield ""
        yield f"of {outcome.judged_true} episodes judged true {len(outcome.lost)} would have been silent:"
        for lost in outcome.lost:
            yield f"  {lost.at:%Y-%m-%d %H:%M %Z}  {', '.join(made_plain(name) for name in lost.alarms)}"


def _told(change: Change) -> str:
    return f"{change.after:,} alarm{'' if change.after == 1 else 's'} instead of {change.before:,}"


def _short(change: Change) -> str:
    return f"{change.after:,} instead of {change.before:,}"
