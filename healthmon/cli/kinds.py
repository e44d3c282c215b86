"""This is the place for verbs of two words: it finds the second, or says which one was meant."""

import difflib
import importlib
import sys
from collections.abc import Mapping, Sequence

from healthmon.cli.main import USAGE_ERROR


def run_kind(verb: str, kinds: Mapping[str, str], example: str, words: Sequence[str]) -> int:
    """Run what the first word names: a file beside this one, VERB_KIND.py, loaded when it is asked for."""
    if not words or words[0] in {"-h", "--help"}:
        print(_help(verb, kinds, example))
        return 0 if words else USAGE_ERROR
    kind = words[0]
    if kind not in kinds:
        print(f"healthmon {verb}: {kind} is no verb; {meant(kind, kinds)}", file=sys.stderr)
        return USAGE_ERROR
    code: int = importlib.import_module(f"healthmon.cli.{verb}_{kind}").run(words[1:])
    return code


def meant(word: str, words: Mapping[str, str] | Sequence[str]) -> str:
    """Which of these words somebody meant, or all of them."""
    near = difflib.get_close_matches(word, list(words), n=1)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(words)}"


def _help(verb: str, kinds: Mapping[str, str], example: str) -> str:
    width = max(map(len, kinds)) + 2
    lines = [f"usage: healthmon {verb} KIND [OPTIONS]", ""]
    lines += [f"  {kind:<{width}}{what}" for kind, what in kinds.items()]
    more = f"healthmon {verb} KIND --help tells the rest."
    return "\n".join([*lines, "", "example:", f"  {example}", "", more])
