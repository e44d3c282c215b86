"""`healthmon alarms list`: what rings now and the last episodes, one line each."""

import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime

from healthmon.alarms import OpenCall
from healthmon.app.open_alarms import Past, open_alarms, past
from healthmon.cli.alarms_span import now_of
from healthmon.cli.options import add_data, duration, home_of, parser
from healthmon.events import Json, wire
from healthmon.events.not_recorded import NotRecorded
from healthmon.events.plain_text import made_plain
from healthmon.reports.episode import Episode

MOST = 20


def run(words: Sequence[str]) -> int:
    """Print what is not over, worst first, then the last episodes, newest first, each with how to answer.

    Times in which nothing was recorded come last: nobody was watched in them.
    """
    made = parser(
        "alarms list",
        "What rings now, and the last episodes, with the words to answer them.",
        "healthmon alarms list --open",
    )
    made.add_argument("--open", action="store_true", help="only what is not over")
    made.add_argument("--last", type=duration, default="2d", metavar="TIME", help="episodes since then (2d)")
    made.add_argument("--json", action="store_true", help="one JSON object")
    add_data(made)
    args = made.parse_args(words)
    settings = home_of(args)
    now = now_of(settings)
    ringing = open_alarms(settings, now)
    known = Past([], []) if args.open else past(settings.data_folder, now - args.last)
    episodes, missed = known.episodes[:MOST], known.not_recorded[:MOST]
    if args.json:
        told = {
            "open": [_plain(one) for one in ringing],
            "episodes": [_told(one) for one in episodes],
            "not_recorded": [one.context() for one in missed],
        }
        print(wire.write(told).decode())
    else:
        print("\n".join([*_ringing(ringing), *_past(episodes), *map(_missed, missed)]))
    return 0


def _ringing(ringing: Sequence[OpenCall]) -> Iterator[str]:
    if not ringing:
        yield "nothing rings"
    for one in ringing:
        who = one.person or one.device or "-"
        answered = f"{one.answer.value} by {one.answered_by}" if one.answered_by else one.answer.value
        whose = f" --person {shlex.quote(one.person)}" if one.person else ""
        line = f"{one.priority.value:<7}{one.alarm:<14}{who:<14}{answered}"
        yield f"{made_plain(line)}; healthmon alarms ack {made_plain(one.alarm + whose)}"


def _past(episodes: Sequence[Episode]) -> Iterator[str]:
    for one in episodes:
        alarms = ", ".join(dict.fromkeys(part.alarm for part in one.parts))
        over = "open" if one.is_open else f"until {_clock(one.end)}"
        rated = one.rated.value if one.rated else "not judged"
        line = f"{_clock(one.raised)} {over}  {one.person or one.device or '-'}  {alarms}  {rated}"
        yield f"{made_plain(line)}; healthmon alarms rate {made_plain(shlex.quote(one.id))} true"


def _missed(one: NotRecorded) -> str:
    waiting, lost = one.backlog
    kept = "what was sent without acknowledgement may be lost" if lost is None else f"messages lost: {lost}"
    line = f"{_clock(one.since)} until {_clock(one.until)}  nothing was recorded ({one.reason})"
    return f"{made_plain(line)}; {kept}, {waiting} came later"


def _clock(at: datetime | None) -> str:
    return "-" if at is None else f"{at.astimezone():%Y-%m-%d %H:%M}"


def _plain(one: OpenCall) -> dict[str, Json]:
    return {
        "alarm": one.alarm,
        "person": one.person,
        "device": one.device,
        "episode": one.episode,
        "priority": one.priority.value,
        "is_floor": one.is_floor,
        "is_unknown": one.is_unknown,
        "answer": one.answer.value,
        "answered_by": one.answered_by,
    }


def _told(one: Episode) -> dict[str, Json]:
    answered = one.answered
    return {
        "episode": one.id,
        "person": one.person,
        "device": one.device,
        "technical": one.is_technical,
        "raised": one.raised.isoformat(),
        "end": one.end.isoformat() if one.end else None,
        "is_open": one.is_open,
        "alarms": [part.alarm for part in one.parts],
        "answered_by": answered.by if answered else None,
        "rated": one.rated.value if one.rated else None,
    }
