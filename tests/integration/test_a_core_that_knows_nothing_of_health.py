"""An insurance log runs through the same logic: a claim makes a model speak, and nobody knows of a pulse."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import numpy as np
from sklearn.linear_model import LinearRegression

from healthmon.events import Entry, Event, Remark, Thing
from healthmon.imports.json_lines import ImportOptions, TimeFrom, read
from healthmon.pipeline.logic import Logic
from healthmon.reports.stats import stats
from tests.fakes.pipeline import at
from tests.fakes.seed_logs import INSURANCE


class ExpectedPayout:
    """A rule of somebody else's business: it expects a payout for every claim."""

    name = "expected-payout"

    def __init__(self, claims: list[float], payouts: list[float]) -> None:
        self._model = LinearRegression().fit(np.array(claims).reshape(-1, 1), np.array(payouts))

    def observe(self, entry: Entry) -> Iterable[Remark]:
        if entry.verb != "CLAIM" or entry.amount is None:
            return
        payout = float(self._model.predict(np.array([[entry.amount]]))[0])
        yield Remark(self.name, "EXPECTS", Thing("PAYOUT"), entry.time, context={"value": payout})

    def due(self) -> datetime | None:
        return None

    def fire(self, at: datetime) -> Iterable[Remark]:
        return ()

    def forget(self, person: str) -> None:
        """It remembers nobody."""


def _folded(path: Path) -> list[Entry]:
    rule = ExpectedPayout([10_000, 20_000, 30_000], [8_300, 18_200, 19_500])
    logic, made = Logic([rule]), list[Entry]()
    for line in read(path, ImportOptions(time_from=TimeFrom.CONTEXT_TIME)):
        assert isinstance(line, Event)
        made += logic.take(line, at(0))
    return made


def _totals(entries: list[Entry]) -> dict[tuple[str, str], tuple[int, float | None]]:
    return {(row.verb, row.object): (row.count, row.sum) for row in stats(entries)}


def test_a_claim_makes_the_model_speak(tmp_path: Path) -> None:
    path = tmp_path / "insurance.jsonl"
    path.write_text(INSURANCE.replace("400", "10000"), "utf-8")

    said = [entry for entry in _folded(path) if entry.verb == "EXPECTS"]

    assert [round(entry.amount or 0, 2) for entry in said] == [9733.33]


def test_the_shared_insurance_log_adds_up(shared: Path) -> None:
    entries = _folded(shared / "cases" / "seed_insurance_enriched.jsonl")
    totals = _totals(entries)

    assert (totals["APPLY", "FORM"][0], totals["ACCEPT", "CLAIM"][1], totals["PAYS", "CUSTOMER"][1]) == (
        2,
        10_000,
        7_500,
    )
    assert [round(entry.amount or 0, 2) for entry in entries if entry.verb == "EXPECTS"] == [9733.33]
