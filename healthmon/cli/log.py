"""`healthmon log`: everything about the log that is done from the shell."""

import difflib
import importlib
import sys
from collections.abc import Sequence

from healthmon.cli.main import USAGE_ERROR

# Each is a file beside this one, log_KIND.py, loaded when it is asked for.
KINDS = {
    "show": "events as sentences, or as JSON lines",
    "stats": "count, sum, mean, least, most, first and last",
    "verify": "whether every line is whole",
    "export": "as CSV, JSON lines or Parquet",
    "archive": "closed segments as a folder of Parquet files, proven",
    "prune": "let old segments go, once the archive is proven",
    "import": "take a file of events in",
    "refused": "messages that became no event",
    "refeed": "put them through the parser of today",
}


def run(words: Sequence[str]) -> int:
    """Run the kind of work that the first word names."""
    if not words or words[0] in {"-h", "--help"}:
        print(_help())
        return 0 if words else USAGE_ERROR
    kind = words[0]
    if kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(KINDS)}"
        print(f"healthmon log: {kind} is no verb; {hint}", file=sys.stderr)
        return USAGE_ERROR
    code: int = importlib.import_module(f"healthmon.cli.log_{kind}").run(words[1:])
    return code


def _help() -> str:
    lines = ["usage: healthmon log VERB [OPTIONS]", ""]
    lines += [f"  {kind:<8}{what}" for kind, what in KINDS.items()]
    return "\n".join([*lines, "", "example:", "  healthmon log show --last 20 --person maria"])
