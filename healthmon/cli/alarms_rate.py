"""`healthmon alarms rate`: whether an episode was true."""

from collections.abc import Sequence

from healthmon.app.open_alarms import last_episodes
from healthmon.cli.alarms_answering import add_who, say
from healthmon.cli.alarms_span import now_of
from healthmon.cli.options import duration, home_of, parser
from healthmon.events import Thing
from healthmon.reports.episode import Verdict

LOOKS_BACK = "31d"


def run(words: Sequence[str]) -> int:
    """Judge an episode; the last verdict counts."""
    made = parser(
        "alarms rate",
        "Say whether an episode was true, false or unsure. Only what was judged false counts as false.",
        "healthmon alarms rate E:maria:2026-11-22T03:04:05+00:00 false --as anna",
    )
    made.add_argument(
        "episode", metavar="EPISODE", help="its id, from healthmon alarms list; `last` is the newest"
    )
    made.add_argument("verdict", choices=[one.value for one in Verdict])
    add_who(made)
    args = made.parse_args(words)
    settings = home_of(args)
    known = last_episodes(settings.data_folder, now_of(settings) - duration(LOOKS_BACK))
    bodily = (one for one in known if not one.is_technical)
    found = next((one for one in bodily if args.episode in {"last", one.id}), None)
    if found is None:
        made.error(f"no episode {args.episode!r} in the last {LOOKS_BACK}; healthmon alarms list names them")
    whose = {} if found.person is None else {"person": found.person}
    return say(settings, args, ("RATES", Thing("EPISODE", found.id)), {**whose, "value": args.verdict})
