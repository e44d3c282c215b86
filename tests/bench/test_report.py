"""What a measurement says and how it is printed."""

import pytest

from tests.bench.__main__ import chosen, known
from tests.bench.report import Figure, ReportError, table

OURS = {"name": "log append", "value": 250_000, "unit": "events/s", "peer": "sqlite", "peer_value": 125_000}


def test_the_ratio_is_worked_out() -> None:
    assert Figure.of(OURS).ratio == 2.0


def test_a_figure_without_a_peer_has_no_ratio() -> None:
    assert Figure.of({"name": "start", "value": 0.4, "unit": "s"}).as_row() == {
        "name": "start",
        "value": 0.4,
        "unit": "s",
        "peer": None,
        "peer_value": None,
        "ratio": None,
    }


@pytest.mark.parametrize(
    "told",
    [
        {"name": "start", "value": 1},
        {"name": "start", "value": "fast", "unit": "s"},
        {"name": "start", "value": True, "unit": "s"},
        {"name": "start", "value": 1, "unit": "s", "colour": "red"},
    ],
)
def test_what_is_no_figure_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(ReportError):
        Figure.of(told)


def test_the_table_lines_up() -> None:
    lines = table([Figure.of(OURS), Figure.of({"name": "start", "value": 0.42, "unit": "s"})]).splitlines()

    assert lines == [
        "name          value  unit      peer    peer_value  ratio",
        "log append  250,000  events/s  sqlite     125,000      2",
        "start          0.42  s",
    ]


def test_every_measurement_can_be_asked_for_by_name() -> None:
    assert chosen([]) == list(known().values())
