"""This is the place for why a server did not come up, and what to do about it."""

from collections.abc import Iterable
from pathlib import Path

from healthmon.broker.config import BrokerFiles
from healthmon.broker.errors import BrokerError, BrokerReason


def died(files: BrokerFiles, said: Iterable[str], exit_code: int | None, taken: BrokerError) -> BrokerError:
    """The server ended at once; `taken` is for when its port was. `said` are the lines of its log."""
    serious = [line for line in said if "[FTL]" in line or "[ERR]" in line]
    last = serious[-1].partition("] ")[2] if serious else _standard_error(files)
    if "address already in use" in last:
        return taken
    return BrokerError(
        BrokerReason.DIED,
        f"the broker ended at once with code {exit_code} ({last or 'it said nothing'}): see {files.log}",
    )


def silent(files: BrokerFiles, patience: float) -> BrokerError:
    """The server lives and does not answer."""
    return BrokerError(
        BrokerReason.SILENT, f"the broker did not answer within {patience:g} s: see {files.log}"
    )


def port_taken(port: int, accounts: Path) -> BrokerError:
    """Another program has the port that devices know."""
    return BrokerError(
        BrokerReason.PORT_TAKEN,
        f"port {port} of this machine is taken by another program, and devices know the broker by it: "
        f"stop that program (`ss -ltnp 'sport = :{port}'` names it), or change the port in "
        f"{accounts} and in every device",
    )


def reload_refused(why: str) -> BrokerError:
    """The server lives on with what it knew before."""
    return BrokerError(
        BrokerReason.RELOAD_REFUSED, f"the broker did not take the new accounts ({why}): restart the recorder"
    )


def _standard_error(files: BrokerFiles) -> str:
    try:
        lines = files.last_words.read_text(errors="replace").split("\n")
    except OSError:
        return ""
    return next((line.strip()[:300] for line in lines if line.strip()), "")
