"""An evaluation finds what was added, says how often rules speak, and is the same each time."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from healthmon.cli.main import main
from healthmon.evaluation import Asked, evaluate, recordings
from healthmon.evaluation.folds import held_out
from healthmon.evaluation.judging import Outcome, tally
from healthmon.evaluation.report import PLAIN_LIMITS, Report
from healthmon.evaluation.trying import material, plainly, spiking
from healthmon.events import Rule, wire
from healthmon.rules import HeartRateSpike, LastingSpike
from tests.unit.evaluation.made import calm


def rules() -> Sequence[Rule]:
    return HeartRateSpike(), LastingSpike()


def told(asked: Asked) -> Report:
    return evaluate([calm("a", seed=1), calm("b", seed=2)], asked, rules, lambda done, total: None)


def test_large_steps_over_a_calm_rate_are_all_found_and_nothing_else_is_marked() -> None:
    report = told(Asked(seeds=(11,), copies=1, folds=2))

    shipped = next(one for one in report.rates[0].judged if one.rule == "mark, as shipped")
    assert report.rates[0].said == ()
    assert shipped.tally.false == 0
    assert (shipped.tally.found, shipped.tally.masked) == (shipped.tally.events, 0)


def test_the_same_is_said_twice() -> None:
    asked = Asked(seeds=(11,), copies=1, folds=2, rates=(60.0,))

    assert told(asked) == told(asked)


def test_a_spike_is_counted_with_its_hours() -> None:
    recording = calm()
    recording.values["HR"][1_000:1_200] += 40

    report = evaluate([recording], Asked(seeds=()), rules, lambda done, total: None)

    counts = {one.name: (one.priority, one.count) for one in report.rates[0].said}
    assert counts == {"SPIKE": ("mark", 1), "HR_SPIKE": ("low", 1)}
    assert report.rates[0].said[0].hours == pytest.approx(1.0, abs=0.01)


def test_the_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "\n".join(f"a,{second},{130 if 600 <= second < 800 else 70},,," for second in range(1_500))
    path = tmp_path / "one.csv"
    path.write_text(f"record_id,time_s,hr_bpm,spo2_pct,resp_rpm,source_label\n{rows}\n")

    code = main(["evaluate", "alarms", str(path), "--json", "--no-inject", "--rates", "5s"])

    read = wire.read(capsys.readouterr().out.encode(), dict)
    assert code == 0
    assert read["people"] == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["evaluate", "alarms", "nowhere.csv"], "is not there"),
        (["evaluate", "alarms", "x.csv", "--rates", "soon"], "is no duration"),
        (["evaluate", "advise"], "cannot be evaluated"),
    ],
)
def test_errors_are_one_line(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code: object = main(words)
    except SystemExit as left:
        code = left.code

    error = capsys.readouterr().err
    assert code != 0
    assert says in error
    assert error.count("\n") == 1


def test_on_real_wrists_a_lasting_spike_is_half_as_often_false_as_the_plain_rule(shared: Path) -> None:
    """A sample of the whole, which is `healthmon evaluate alarms` over the file: see docs/MEASURED.md."""
    path = shared / "data" / "stress_predict.csv.gz"
    if not path.exists():
        pytest.skip("needs the recordings beside the checkout")
    people = [material(one, (11,), 2, "HR") for one in recordings(path)]

    plain = held_out(_by_limit([plainly(one, PLAIN_LIMITS) for one in people]), 5, 0.9)
    spikes = [spiking(one, (20.0,))[20.0] for one in people]

    marks, lasting = (tally([one[part] for one in spikes]) for part in (0, 1))
    assert lasting.false <= plain.tally.false / 2
    assert (lasting.recall or 0.0) >= 0.8
    assert marks.false < plain.tally.false
    assert (marks.recall or 0.0) >= (plain.tally.recall or 1.0)


def _by_limit(people: list[dict[float, Outcome]]) -> dict[float, list[Outcome]]:
    return {limit: [one[limit] for one in people] for limit in people[0]}
