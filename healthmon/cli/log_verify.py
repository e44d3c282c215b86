"""`healthmon log verify`: whether every line is whole."""

from collections.abc import Sequence

from healthmon import log
from healthmon.cli.options import add_data, parser, settings_of


def run(words: Sequence[str]) -> int:
    """Say what was found; 0 when every line is whole, 1 when something is damaged."""
    made = parser(
        "log verify",
        "Reads every line: finds a flipped bit, a missing segment, a cut tail, a reordered line; says where.",
        "healthmon log verify --data ./home",
    )
    made.add_argument(
        "--head", metavar="DIGEST", help="also check that the log still goes back to this digest"
    )
    add_data(made)
    args = made.parse_args(words)
    verdict = log.verify(settings_of(args).data_folder, head=args.head)
    print(verdict)
    return 0 if verdict.is_whole else 1
