"""`healthmon train`: an advice model from simulated or recorded people."""

import sys
from collections.abc import Sequence
from pathlib import Path

from healthmon.cli.options import parser


def run(words: Sequence[str]) -> int:
    """Train and write the model with its card; 0 when it was written."""
    made = parser(
        "train",
        "Train the advice model on readings with the hidden truth beside them; write it and its card.",
        "python -m devices simulate --people 40 --days 14 --truth --out people.jsonl && "
        "healthmon train people.jsonl --out model",
    )
    made.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="made by python -m devices simulate --truth"
    )
    made.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="where advice.json and card.md go"
    )
    made.add_argument(
        "--seed", type=int, default=0, help="the same files and seed give the same model (default: 0)"
    )
    args = made.parse_args(words)
    from healthmon.training import train

    report = train(args.files, args.out, seed=args.seed, progress=_told)
    print(report)
    return 0


def _told(what: str, share: float) -> None:
    print(f"{100 * share:>3.0f} %  {what}", file=sys.stderr)
