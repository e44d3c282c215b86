"""This is the place for `python3 dev.py fuzz`: many messages by chance, then minutes guided by coverage."""

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz import seeds
from tests.fuzz.letters import FOLDER, closed, kept, opened
from tests.fuzz.million import hunt
from tests.fuzz.mutate import LONGEST_SEED
from tests.fuzz.promises import check

LEAST_COVERAGE = 95.0  # percent of the lines of parser, dialects and wire
GRACE = 60  # seconds of real time that the guided run may take to end


def main(words: list[str]) -> int:
    """Hunt, and say what was found; 1 for a finding or too little coverage."""
    args = _arguments(words)
    if args.repeat:
        return _repeat(args.repeat)
    found = _by_chance(args.messages, args.seed)
    with tempfile.TemporaryDirectory(prefix="healthmon-fuzz-") as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for place, message in enumerate(seeds.every()):
            if len(message.payload) <= LONGEST_SEED:
                (corpus / f"seed-{place}").write_bytes(closed(message))
        found = _guided(corpus, args.minutes, args.seed) or found
        return int(found or not _is_covered(corpus, min(args.messages, 20_000)))


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py fuzz")
    parser.add_argument("--minutes", type=float, default=10.0, help="of the guided run; 0 leaves it out")
    parser.add_argument("--messages", type=int, default=1_000_000, help="made by chance")
    parser.add_argument("--seed", type=int, default=1, help="another one makes other messages")
    parser.add_argument("--repeat", type=Path, metavar="FILE", help="check one finding again")
    return parser.parse_args(words)


def _repeat(file: Path) -> int:
    message = opened(file.read_bytes())
    _say(f"topic {message.topic!r}, {len(message.payload)} bytes: {message.payload[:200]!r}")
    reading = check(message)  # a finding that is still one ends in its traceback
    _say(f"all promises kept: {len(reading.events)} events, {len(reading.refused)} refused")
    return 0


def _by_chance(count: int, seed: int) -> bool:
    begun = time.monotonic()
    outcomes, findings = hunt(count, seed, _tell)
    _say(f"by chance: {count:,} messages in {time.monotonic() - begun:.0f} s (seed {seed})")
    _say("  " + ", ".join(f"{what} {many:,}" for what, many in outcomes.most_common()))
    for message, error in findings[:10]:
        _say(f"finding: {type(error).__name__}: {error}"[:300])
        _say(f"  repeat: python3 dev.py fuzz --repeat {kept(closed(message))}")
    return bool(findings)


def _guided(corpus: Path, minutes: float, seed: int) -> bool:
    """Whether the guided run found anything."""
    if minutes <= 0:
        return False
    if importlib.util.find_spec("atheris") is None:
        _say("guided: left out; atheris is for Linux x86_64, up to Python 3.13")
        return False
    before = len(list(corpus.iterdir()))
    seconds = int(minutes * 60)
    options = [f"-max_total_time={seconds}", f"-seed={seed}", "-max_len=4096", "-timeout=10"]
    command = [sys.executable, "-m", "tests.fuzz.guided", *options, "-print_final_stats=1"]
    begun = time.monotonic()
    done = subprocess.run(
        [*command, f"-artifact_prefix={corpus.parent}/", str(corpus)],
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=seconds + GRACE,
        check=False,
    )
    runs = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    after = len(list(corpus.iterdir()))
    executed, took = int(runs.group(1)) if runs else 0, time.monotonic() - begun
    _say(f"guided: {executed:,} executions in {took:.0f} s, corpus {before} -> {after} letters")
    if done.returncode == 0:
        return False
    findings = re.findall(r"^finding: (.*)$", done.stderr, re.MULTILINE)
    _say("\n".join(done.stderr.splitlines()[-40:]) if not findings else f"guided: see {FOLDER}")
    for finding in findings:
        _say(f"  repeat: python3 dev.py fuzz --repeat {finding}")
    return True


def _is_covered(corpus: Path, count: int) -> bool:
    """Whether the corpus, and so many messages by chance, reach enough lines of what reads messages."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.covered", str(corpus), str(count)],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split() for line in told.stdout.splitlines()]
    lines, reached = (sum(int(row[column]) for row in rows) for column in (1, 2))
    percent = 100 * reached / max(lines, 1)
    _say(f"covered: {reached} of {lines} lines ({percent:.1f} %) of parser, dialects and wire")
    for name, _, _, missing in rows:
        if missing != "-":
            _say(f"  {name.partition('healthmon/')[2]}: not reached {missing}")
    return percent >= LEAST_COVERAGE


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _tell(done: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r  {done:,} messages")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
