"""`healthmon log`: everything about the log that is done from the shell."""

import difflib
import sys
from collections.abc import Callable, Sequence

from healthmon.cli import (
    log_archive,
    log_export,
    log_import,
    log_prune,
    log_refeed,
    log_refused,
    log_show,
    log_stats,
    log_verify,
)
from healthmon.cli.main import USAGE_ERROR

KINDS: dict[str, tuple[str, Callable[[Sequence[str]], int]]] = {
    "show": ("events as sentences, or as JSON lines", log_show.run),
    "stats": ("count, sum, mean, least, most, first and last", log_stats.run),
    "verify": ("whether every line is whole", log_verify.run),
    "export": ("as CSV, JSON lines or Parquet", log_export.run),
    "archive": ("closed segments as a folder of Parquet files, proven", log_archive.run),
    "prune": ("let old segments go, once the archive is proven", log_prune.run),
    "import": ("take a file of events in", log_import.run),
    "refused": ("messages that became no event", log_refused.run),
    "refeed": ("put them through the parser of today", log_refeed.run),
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
    return KINDS[kind][1](words[1:])


def _help() -> str:
    lines = ["usage: healthmon log VERB [OPTIONS]", ""]
    lines += [f"  {kind:<8}{what}" for kind, (what, _) in KINDS.items()]
    return "\n".join([*lines, "", "example:", "  healthmon log show --last 20 --person maria"])
