"""This is the place for `python -m tests.chaos --kills 200 --seed 7`: as many kills as one likes."""

import argparse
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from devtools import running
from tests.chaos.house import Chaos, House, Outcome, run

_EVERY = 10  # kills between two lines of progress


def main(words: list[str]) -> int:
    """Kill, judge, say what happened; 1 when a promise was broken."""
    running.end_on_sigterm()
    os.environ.setdefault("HEALTHMON_SOUND_OUTPUT", "none")  # a recorder that is killed is heard, elsewhere
    asked = _asked(words)
    with TemporaryDirectory(prefix="healthmon-chaos-") as data:
        outcome = run(Path(data), Chaos(asked.kills, asked.seed, asked.devices, asked.rate), _progress)
        _tell(asked.seed, outcome)
    return int(bool(outcome.verdict.violation))


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="dev.py chaos",
        description="Kill recorder, broker and devices at random, under load; then compare what the devices "
        "got acknowledged with what is in the log.",
        epilog="example: python3 dev.py chaos --kills 200 --seed 7",
    )
    parser.add_argument("--kills", type=int, default=200, help="how many (200)")
    parser.add_argument(
        "--seed", type=int, default=time.time_ns() % 100_000, help="which (another each time)"
    )
    parser.add_argument("--devices", type=int, default=4, help="how many devices (4)")
    parser.add_argument("--rate", type=float, default=100.0, help="events a second of each (100)")
    return parser.parse_args(words)


def _progress(number: int, house: House) -> None:
    if number % _EVERY == 0:
        sure = sum(len(diary.acknowledged) for diary in house.diaries().values())
        sys.stderr.write(f"{number} kills, {sure} events acknowledged\n")


def _tell(seed: int, outcome: Outcome) -> None:
    victims = ", ".join(f"{victim} {times}" for victim, times in sorted(outcome.killed.items()))
    verdict = outcome.verdict
    sys.stdout.write(
        f"seed {seed}: {outcome.killed.total()} kills in {outcome.seconds:.0f} s ({victims})\n"
        f"{verdict.acknowledged} events acknowledged, {verdict.logged} in the log\n"
        f"{verdict.violation or 'every acknowledged event is in the log, in order, once; it is whole'}\n"
    )


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
