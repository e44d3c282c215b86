"""`healthmon log refused`: what was refused and is still kept."""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence

from healthmon import log
from healthmon.cli.letters import add_choice
from healthmon.cli.options import add_data, home_of, parser
from healthmon.events import wire
from healthmon.events.plain_text import made_plain


def run(words: Sequence[str]) -> int:
    """List and count; 0 also when there are none."""
    made = parser(
        "log refused",
        "Messages that became no event: when, why, where from, and whether they can be fed again\n"
        "(healthmon log refeed). The bytes themselves are in the data folder, under refused/.",
        "healthmon log refused --reason bad-time",
    )
    made.add_argument("--json", action="store_true", help="one JSON object a line, without the bytes")
    add_choice(made)
    add_data(made)
    args = made.parse_args(words)
    counts: Counter[tuple[str, str]] = Counter()
    for letter, state in _letters(args):
        counts[letter.reason.value, state] += 1
        print(_json(letter, state) if args.json else _line(letter, state))
    if not args.json:
        print("\n".join(_counted(counts)))
    return 0


def _letters(args: argparse.Namespace) -> Iterator[tuple[log.DeadLetter, str]]:
    from healthmon.pipeline.refeed import Chosen

    folder, chosen = home_of(args).data_folder, Chosen(args.reason, args.topic, args.since)
    fed = log.fed_marks(folder)
    for letter in log.read_dead_letters(folder):
        if chosen.takes(letter):
            is_fed = log.FedMark.of(letter) in fed
            yield letter, "fed" if is_fed else "whole" if letter.is_complete else "cut"


def _line(letter: log.DeadLetter, state: str) -> str:
    when = letter.received.isoformat(timespec="seconds")
    why = f"{letter.reason.value:<18} {letter.size:>9,} bytes  {state:<5}"
    topic = made_plain(letter.topic, longest=60)
    return f"{letter.offset:>8}  {when}  {why}  {topic}  {made_plain(letter.detail, longest=80)}"


def _json(letter: log.DeadLetter, state: str) -> str:
    told = wire.plain(letter)
    del told["payload"]
    return wire.write({**told, "state": state}).decode()


def _counted(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    if not counts:
        yield "nothing that was refused is kept"
    for reason in sorted({reason for reason, _ in counts}):
        whole, cut, fed = (counts[reason, state] for state in ("whole", "cut", "fed"))
        yield f"{reason}: {whole + cut + fed:,} kept, {whole:,} can be fed again, {cut:,} cut, {fed:,} fed"
