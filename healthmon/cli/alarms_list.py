"""`healthmon alarms list`: what rings now and the last episodes, one line each."""

from collections.abc import Sequence

from healthmon.app.open_alarms import Past, Ringing, past, ringing_now
from healthmon.app.unwatched import unwatched
from healthmon.cli.alarms_lines import Lines
from healthmon.cli.alarms_span import now_of
from healthmon.cli.options import add_data, duration, home_of, parser
from healthmon.events import Json, wire
from healthmon.reports.episode import Episode

MOST = 20


def run(words: Sequence[str]) -> int:
    """Print what is not over, worst first, then the last episodes, newest first, each with how to answer.

    That nobody records comes before all of it: then no number is of now. Times in which nothing was
    recorded come last: nobody was watched in them.
    """
    made = parser(
        "alarms list",
        "Whether anybody is watched, what rings now, and the last episodes, with the words to answer them.",
        "healthmon alarms list --open",
    )
    made.add_argument("--open", action="store_true", help="only what is not over")
    made.add_argument("--last", type=duration, default="2d", metavar="TIME", help="episodes since then (2d)")
    made.add_argument("--json", action="store_true", help="one JSON object")
    add_data(made)
    args = made.parse_args(words)
    settings = home_of(args)
    now, nobody = now_of(settings), unwatched(settings.data_folder)
    found = ringing_now(settings, now, is_recorded=nobody is None)
    known = Past([], []) if args.open else past(settings.data_folder, now - args.last)
    episodes, missed = known.episodes[:MOST], known.not_recorded[:MOST]
    if args.json:
        told = {
            "recording": nobody is None,
            "unwatched_since": nobody.since.isoformat() if nobody is not None and nobody.since else None,
            "open": [_plain(one) for one in found.ringing],
            "episodes": [_told(one) for one in episodes],
            "not_recorded": [one.context() for one in missed],
        }
        print(wire.write(told).decode())
    else:
        print("\n".join(Lines(now, found).all(nobody, Past(episodes, missed))))
    return 0


def _plain(ringing: Ringing) -> dict[str, Json]:
    one = ringing.call
    return {
        "alarm": one.alarm,
        "person": one.person,
        "name": ringing.name,
        "device": one.device,
        "episode": one.episode,
        "priority": one.priority.value,
        "text": ringing.text,
        "since": ringing.since.isoformat() if ringing.since else None,
        "value": ringing.value,
        "unit": ringing.unit,
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
