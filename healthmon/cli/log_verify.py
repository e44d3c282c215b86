"""`healthmon log verify`: whether every line is whole."""

from collections.abc import Sequence
from dataclasses import asdict

from healthmon import log
from healthmon.cli.log_verify_derived import verify_derived
from healthmon.cli.options import add_data, parser, settings_of
from healthmon.events import wire


def run(words: Sequence[str]) -> int:
    """Say what was found; 0 when every line is whole, or follows; 1 when something is damaged, or differs."""
    made = parser(
        "log verify",
        "Reads every line: finds a flipped bit, a missing segment, a cut tail, a reordered line; says where.",
        "healthmon log verify --data ./home",
    )
    made.add_argument(
        "--head", metavar="DIGEST", help="also check that the log still goes back to this digest"
    )
    made.add_argument(
        "--derived",
        action="store_true",
        help="instead, replay the inputs and compare every event of the monitor's own",
    )
    made.add_argument("--json", action="store_true", help="one JSON object")
    add_data(made)
    args = made.parse_args(words)
    if args.derived:
        settings = settings_of(args)
        return verify_derived(settings.data_folder, settings, json=args.json)
    verdict = log.verify(settings_of(args).data_folder, head=args.head)
    print(_json(verdict) if args.json else verdict)
    return 0 if verdict.is_whole else 1


def _json(verdict: log.Verdict) -> str:
    return wire.write({"whole": verdict.is_whole, **asdict(verdict)}).decode()
