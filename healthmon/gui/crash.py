"""This is the place for what happens when code of the window raises: one line, a traceback, and no silence.

Qt swallows what a slot raises and goes on. So it is caught at the outermost frame, told to the window,
which stops calling its numbers live, and written to standard error: one line each time, the traceback the
first time only, because the same fault would come back ten times a second.
"""

import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

MOST_KINDS = 20


class CrashNotice:
    """Stands in for `sys.excepthook` while a window runs."""

    def __init__(self, tell: Callable[[str], None], out: TextIO) -> None:
        self._tell, self._out = tell, out
        self._seen: set[str] = set()
        self._before = sys.excepthook

    def install(self) -> None:
        """Take over."""
        self._before = sys.excepthook
        sys.excepthook = self.caught

    def remove(self) -> None:
        """Give back."""
        sys.excepthook = self._before

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Something raised and nobody caught it."""
        where = traceback.extract_tb(trace)[-1] if trace is not None else None
        place = (
            f" in {where.name}, line {where.lineno} of {where.filename.rsplit('/', 1)[-1]}" if where else ""
        )
        line = " ".join(f"{kind.__name__}: {error}".split())[:200]
        self._tell(f"{line}{place}. Readings are still recorded; close this window and open it again.")
        known = f"{kind.__name__}{place}"
        if known not in self._seen and len(self._seen) < MOST_KINDS:
            self._seen.add(known)
            self._out.write(f"healthmon window: {line}{place}\n")
            self._out.write("".join(traceback.format_exception(kind, error, trace)))
            self._out.flush()
