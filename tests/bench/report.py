"""This is the place for what a measurement says, and how it is printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

COLUMNS = ("name", "value", "unit", "peer", "peer_value", "ratio")


class ReportError(Exception):
    """A measurement told something that is not one; the message says which and what."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, and the same of somebody else's program where there is one. `ratio` is ours to theirs."""

    name: str
    value: float
    unit: str
    peer: str | None = None
    peer_value: float | None = None
    ratio: float | None = None

    @classmethod
    def of(cls, told: Mapping[str, object]) -> Self:
        """The figure that a `measure()` told; the ratio is worked out when it is not there."""
        unknown = told.keys() - set(COLUMNS)
        if unknown or not {"name", "value", "unit"} <= told.keys():
            raise ReportError(
                f"a figure has name, value, unit and maybe peer, peer_value, ratio; not {dict(told)}"
            )
        value, theirs = _number(told["value"]), _number(told.get("peer_value"))
        if value is None:
            raise ReportError(f"{told['name']}: value {told['value']!r} is no number")
        ratio = _number(told.get("ratio")) or (value / theirs if theirs else None)
        peer = told.get("peer")
        return cls(str(told["name"]), value, str(told["unit"]), str(peer) if peer else None, theirs, ratio)

    def as_row(self) -> dict[str, object]:
        """The columns by name."""
        return {column: getattr(self, column) for column in COLUMNS}


def table(figures: Iterable[Figure]) -> str:
    """For people: one line a figure, numbers to the right."""
    rows = [COLUMNS, *(tuple(map(_cell, figure.as_row().values())) for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    right = {1, 4, 5}
    cells = (
        cell.rjust(width) if place in right else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(cells).rstrip()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return "" if value is None else str(value)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
