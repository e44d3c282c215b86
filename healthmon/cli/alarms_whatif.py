"""`healthmon alarms whatif`: how many alarms other limits would have come to."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta

from healthmon.advice.unusual_terms import HR_UNUSUAL
from healthmon.alarms import CLASSES, AlarmClass
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
    person = _person(args.person, settings, made)
    what_if = load(settings, person, since or (until or now) - WEEK, until, told=progress.draw)
    progress.done()
    outcome = what_if.of(wish)
    print(wire.write(asdict(outcome)).decode() if args.json else "\n".join(_lines(outcome)))
    return 0


def _wish(args: argparse.Namespace, by: argparse.ArgumentParser) -> Wish:
    wish: dict[str, dict[str, Json]] = {}
    for word in args.limit:
        name, _, value = word.partition("=")
        alarm = _alarm(name, by)
        wish.setdefault(alarm.id, {}).update(_limit(alarm, value, by))
    for word in args.delay:
        name, _, time = word.rpartition("=")
        named = [_alarm(one, by) for one in ([name] if name else wish)]
        if not named:
            by.error(
                f"--delay {word} is of no alarm: write --delay spo2_low={word}, or name one with --limit"
            )
        for alarm in named:
            wish.setdefault(alarm.id, {})["delay_s"] = _seconds(alarm, time, by)
    if not wish:
        by.error(
            "nothing is wished for: write --limit spo2_low=88, --limit hr_low=off or --delay spo2_low=15s"
        )
    return wish


def _alarm(name: str, by: argparse.ArgumentParser) -> AlarmClass:
    row = row_of(name)
    if row is None and name.upper().replace("-", "_") == HR_UNUSUAL:
        by.error(
            f"{made_plain(name)} is held against what was learnt over weeks and cannot be tried out here; "
            "a carer's device may set it (SETS ALARM HR_UNUSUAL)"
        )
    if row is None:
        near = meant(name.upper().replace("-", "_"), [one.id for one in CLASSES])
        by.error(f"{made_plain(name)!r} is no alarm that can be tried out here; {near}")
    return row


def _limit(alarm: AlarmClass, value: str, by: argparse.ArgumentParser) -> dict[str, Json]:
    if value == "off":
        return {"off": True}
    name = alarm.id.lower()
    try:
        limit = float(value)
    except ValueError:
        by.error(f"{made_plain(value)!r} is no limit; write {name}={alarm.most:g}, or {name}=off")
    if not alarm.least <= limit <= alarm.most:
        by.error(f"{name} may be {alarm.least:g} to {alarm.most:g} {alarm.unit}, or off, not {limit:g}")
    return {"value": limit}


def _seconds(alarm: AlarmClass, time: str, by: argparse.ArgumentParser) -> float:
    try:
        delay = duration(time)
    except argparse.ArgumentTypeError as error:
        by.error(str(error))
    least, most = alarm.delays
    if not least <= delay <= most:
        may_be = f"{least.total_seconds():g}s to {most.total_seconds():g}s"
        by.error(f"the delay of {alarm.id.lower()} may be {may_be}, not {delay.total_seconds():g}s")
    return delay.total_seconds()


def _person(named: str | None, settings: Settings, by: argparse.ArgumentParser) -> str:
    known = people(settings.data_folder)
    if not known:
        by.error("nothing was recorded of anybody yet: give somebody a watch first (healthmon pair)")
    if named is None and len(known) == 1:
        return known[0]
    if named not in known:
        there_is = f"there is {', '.join(map(made_plain, known))}"
        word = (
            "say whose log it is with --person"
            if named is None
            else f"nobody is called {made_plain(named)!r}"
        )
        by.error(f"{word}: {there_is}")
    return named


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
    if outcome.lost:
        yield ""
        yield f"of {outcome.judged_true} episodes judged true {len(outcome.lost)} would have been silent:"
        for lost in outcome.lost:
            yield f"  {lost.at:%Y-%m-%d %H:%M %Z}  {', '.join(made_plain(name) for name in lost.alarms)}"


def _told(change: Change) -> str:
    return f"{change.after:,} alarm{'' if change.after == 1 else 's'} instead of {change.before:,}"


def _short(change: Change) -> str:
    return f"{change.after:,} instead of {change.before:,}"
