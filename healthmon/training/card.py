"""This is the place for a model's card: what it is for, what it is not for, and what is known of it."""

from healthmon.advice.tables import Model

_COHORTS = {
    "held_out": "people not learnt from",
    "low_oxygen": "people with low oxygen, none of them learnt from",
}
_LINE = "\n"
_RANKINGS = {
    "model": "this model",
    "rule": "one-line rule: the larger of heart rate above and oxygen below usual",
    "scaled": "the same, scaled as the simulator does",
    "news2": "pulse and oxygen parts of NEWS2",
}


def card(model: Model, problems: tuple[str, ...], origin: str = "") -> str:
    """The card in Markdown. The same arguments give the same card; `origin` is how the files were made."""
    parts = (
        _head(model),
        _purpose(),
        _data(model),
        _figures(model, problems),
        _limits(),
        _made(model, origin),
    )
    return "\n\n".join(parts) + "\n"


def _head(model: Model) -> str:
    return f"""# Advice model {model.short_id}

**Trained on simulated people only.** Every figure on this page is about simulated people and says nothing
about how right it is about anybody real. It was not reviewed by a clinician. Not a medical device."""


def _purpose() -> str:
    return """## For

Telling a carer, at home, how usual the readings of heart rate and oxygen are for this person at this
hour, 0 to 100, with the two strongest reasons.

## Not for

Finding or ruling out illness; deciding on treatment; children, pregnancy; anything that alarms: alarms
are fixed rules, outrank it, and never ask it. It never sees symptoms, and it says nothing about what
caused a reading."""


def _data(model: Model) -> str:
    known = model.training
    rows = [
        f"| {table.feature} | {_range(model, table.feature)} | {table.typical:g} |" for table in model.tables
    ]
    return f"""## Learnt from

{known["people_taught"]} simulated people; judged by {known["people_held_out"]} others, and by
{known["people_low_oxygen"]} with low oxygen. {known["hours"]} hours in all, up to {model.created}.
Illness, racing hearts and low oxygen are far more frequent than in life, on purpose. The target is the
simulator's own quality; its formula is our choice (devices/things/truth.py). Split by person, never by
minute. At {float(known["abstained_share"]):.1%} of the minutes there was not enough data to answer.

| feature | trained range | typical |
|---|---|---|
{_LINE.join(rows)}"""


def _range(model: Model, feature: str) -> str:
    low, high = model.training_ranges[feature]
    return f"{low:g} to {high:g}"


def _figures(model: Model, problems: tuple[str, ...]) -> str:
    cohorts = [
        _cohort(model.metrics[name], title) for name, title in _COHORTS.items() if name in model.metrics
    ]
    verdict = [f"- **Not kept:** {problem}." for problem in problems] or ["- All promises kept."]
    checks = model.metrics["model"]
    promises = f"""- Promised: mean error at most 6 on people not learnt from, at most 10 on people with low
  oxygen; average precision at least 0.1 above the one-line rule.
{_LINE.join(verdict)}
- More of a feature never raises the score: {checks["monotone_violations"]:g} violations.
- Tables against scikit-learn: largest difference {checks["compile_max_diff"]:g} points."""
    return "\n\n".join(["## Figures", *cohorts, promises])


def _cohort(figures: dict[str, float], title: str) -> str:
    rows = [_row(figures, key, name) for key, name in _RANKINGS.items()]
    return f"""{figures["people"]:g} {title}: {figures["minutes"]:g} minutes,
{figures["poor_share"]:.1%} of them with a quality below 60. The usual heart rate misses the simulator's by
{figures["usual_rate_mae"]:.1f} /min on average.

| | mean error, points | AUROC below 60 | average precision |
|---|---|---|---|
{_LINE.join(rows)}
| always the mean | {_number(figures, "mean_mae")} | 0.500 | {figures["poor_share"]:.3f} |"""


def _row(figures: dict[str, float], key: str, name: str) -> str:
    cells = [_number(figures, f"{key}_{kind}") for kind in ("mae", "auroc", "ap")]
    return f"| {name} | {' | '.join(cells)} |"


def _number(figures: dict[str, float], name: str) -> str:
    return f"{figures[name]:.3f}" if name in figures else "-"


def _limits() -> str:
    return """## Limits

- Watches read oxygen with an error of several points, more on dark skin, cold hands or in motion; heart
  rate suffers from motion. An irregular heartbeat, medicines that slow the heart, pacemakers: never
  simulated, effect unknown.
- Relative to the person: who is always unwell is "usual". Caps from the pulse and oxygen steps of NEWS2
  (Royal College of Physicians 2017) bound that, the lightest step by day only; they are not a NEWS2.
- Dips of oxygen are counted from one reading a minute, which finds a part of those that an overnight
  study would.
- A cold hand that the device does not notice looks like low oxygen here as well.
- No answer before 3 nights, with few or old readings, when not worn, after a gap of 10 minutes, or beyond
  the trained range by a tenth of it."""


def _made(model: Model, origin: str) -> str:
    commands = f"\n\n```\n{origin}\n```" if origin else ""
    versions = ", ".join(f"{name} {number}" for name, number in model.versions.items())
    return f"""## Made

Seed {model.training["seed"]}; input SHA-256 {model.training["input"]};
model SHA-256 {model.id}; features version {model.feature_version};
{versions}; HistGradientBoostingRegressor, monotone, no interactions, compiled to step tables.{commands}"""
