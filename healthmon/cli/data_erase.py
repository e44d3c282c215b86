"""`healthmon data erase`: take a person out of everything that is stored here."""

import difflib
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from healthmon.cli.main import Parser
from healthmon.cli.options import add_data, home_of, parser
from healthmon.cli.progress import Progress
from healthmon.events import wire
from healthmon.events.plain_text import made_plain
from healthmon.pipeline.backfill import Tally

if TYPE_CHECKING:
    from healthmon.app.erasing import Done
    from healthmon.log import Survey
    from healthmon.settings import Settings

NOT_CONFIRMED = 5


def run(words: Sequence[str]) -> int:
    """Show what will go, ask, erase; 0 when it is gone, 1 when not or nothing was there, 5 unconfirmed."""
    args = _parser().parse_args(words)
    from healthmon.app import erasing
    from healthmon.app.clocks import clock_of
    from healthmon.app.places import Places

    settings = home_of(args)
    size = sum(path.stat().st_size for path in (settings.data_folder / "log").glob("segment-*"))
    progress = Progress("looking", size)
    survey = erasing.found(settings, args.person, lambda seen: progress.draw(seen, size))
    progress.done()
    beyond = erasing.out_of_reach(settings, args.person, survey)
    if not args.json:
        print(_plan(args.person, survey, beyond))
    if not args.yes and not _confirmed(args.person):
        print("healthmon: nothing was erased", file=sys.stderr)
        return NOT_CONFIRMED
    progress = Progress("erasing", survey.lines)
    clock = clock_of(Places(settings.data_folder), None)
    done = erasing.erase(settings, args.person, clock, lambda tally: _draw(progress, tally, survey))
    progress.done()
    print(_json(done, beyond) if args.json else _told(done))
    if not (done.problem or done.found_something):
        print(_nobody(settings, args.person), file=sys.stderr)
    return int(not done.found_something)


def _parser() -> Parser:
    made = parser(
        "data erase",
        "Erase a person: their lines in the log become empty places, and dead letters, checkpoints, lake\n"
        "and outbox lose them too. Other people's events stay as they are, to the byte. Not to be undone.\n"
        "The log's head changes; an ERASES event without a name says so. What cannot be reached is listed.",
        "healthmon data erase maria",
    )
    made.add_argument("person", metavar="PERSON", help="the id of the person, as events name them")
    made.add_argument("--yes", action="store_true", help="do not ask for the name again")
    made.add_argument("--json", action="store_true", help="what was done, as one JSON object; needs --yes")
    add_data(made)
    return made


def _plan(person: str, survey: "Survey", beyond: Sequence[str]) -> str:
    span = f", from {survey.first} to {survey.last}" if survey.first else ""
    lines = [f"{survey.lines} lines of the log are about {made_plain(person)}{span}."]
    lines.append("What this cannot erase:")
    return "\n".join([*lines, *(f"  - {made_plain(one)}" for one in beyond)])


def _confirmed(person: str) -> bool:
    try:
        return input(f"Type {person} to erase them: ").strip() == person
    except EOFError:
        return False


def _nobody(settings: "Settings", person: str) -> str:
    from healthmon import log

    near = difflib.get_close_matches(person, log.people(settings.data_folder), n=1)
    hint = f"did you mean {made_plain(near[0])}?" if near else "healthmon log stats lists who is there"
    return f"healthmon: nothing of {made_plain(person)} was found; {hint}"


def _draw(progress: Progress, tally: Tally, survey: "Survey") -> None:
    progress.draw(tally.read, survey.lines)


def _told(done: "Done") -> str:
    if done.problem:
        return f"not erased: {done.problem}"
    return (
        f"erased: {done.lines} lines of the log, {done.letters} dead letters, {done.lake_rows} rows of the "
        f"lake, {done.outbox} waiting messages; the checkpoints go on without them"
    )


def _json(done: "Done", beyond: Sequence[str]) -> str:
    return wire.write({**asdict(done), "out_of_reach": list(beyond)}).decode()
