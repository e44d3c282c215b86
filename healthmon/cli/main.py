"""This is the place for the first word after `healthmon`: it finds the verb, or says which one was meant."""

import argparse
import difflib
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from healthmon import __version__
from healthmon.errors import HealthmonError

VERBS = {
    "window": "the window over the log; starts a recorder if none runs (what `healthmon` alone does)",
    "demo": "everything on one machine with simulated people, in a folder of its own",
    "record": "the recorder alone, without a window",
    "stop": "end the recorder of a data folder",
    "log": "show, stats, verify, export, import, archive, prune: the log from the shell",
    "alarms": "what rings, answering it, reports, and what other limits would come to",
    "data": "backup, restore, and erasing a person",
    "pair": "an account for a device of your own",
    "sound": "list, test, quiet: the outputs, what an alarm sounds like, the tune of a dead recorder",
    "contacts": "who is called when nobody answers an alarm, and a test message to them",
    "train": "train the advice model on simulated or recorded people",
    "evaluate": "alarms measured on recordings, with events added to them",
    "doctor": "what works on this machine, each line with its cure",
}
USAGE_ERROR = 2
INTERRUPTED = 130

EPILOG = """examples:
  healthmon demo                     a house with three simulated people
  healthmon                          the window over your own log
  healthmon log show --last 20       the newest events as sentences

Not a medical device: it can miss problems and it can be wrong.
If someone looks unwell, act on what you see."""


class Parser(argparse.ArgumentParser):
    """An argparse parser whose errors are one line that says what to do next."""

    def error(self, message: str) -> NoReturn:
        """Print the line and leave with code 2."""
        self.exit(USAGE_ERROR, f"{self.prog}: {message}; see {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the verb in `argv`; its exit code. Errors of ours become one line, Ctrl-C becomes 130."""
    os.umask(0o077)  # whatever is written here is about somebody's health
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words)
    except HealthmonError as error:
        print(f"healthmon: {error}", file=sys.stderr)
        return _code(error)
    except KeyboardInterrupt:
        print("healthmon: stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _run(words: list[str]) -> int:
    if words and words[0] in {"-h", "--help", "help"}:
        print(_help())
        return 0
    if words and words[0] in {"-V", "--version"}:
        print(f"healthmon {__version__}")
        return 0
    verb = words.pop(0) if words and not words[0].startswith("-") else "window"
    if verb not in VERBS:
        near = difflib.get_close_matches(verb, VERBS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(VERBS)}"
        print(f"healthmon: {verb} is no verb; {hint}", file=sys.stderr)
        return USAGE_ERROR
    module = importlib.import_module(f"healthmon.cli.{verb}")
    code: int = module.run(words)
    return code


def _help() -> str:
    lines = ["usage: healthmon [VERB] [OPTIONS]", "", "A home health monitor.", "", "verbs:"]
    lines += [f"  {verb:<9}{what}" for verb, what in VERBS.items()]
    return "\n".join([*lines, "", "healthmon VERB --help tells the rest.", "", EPILOG])


def _code(error: HealthmonError) -> int:
    return {"locked": 3, "no-display": 4}.get(error.reason.value, 1)


if __name__ == "__main__":
    raise SystemExit(main())
