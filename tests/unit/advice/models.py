"""This is the place for a small model with round numbers, and a moment to judge, made by hand."""

from dataclasses import replace
from datetime import UTC, datetime

from healthmon.advice.moment import FEATURE_VERSION, FEATURES, Feature, Moment, Trust
from healthmon.advice.tables import FORMAT, Model, Table, digest

_STEPS: dict[Feature, tuple[tuple[float, ...], tuple[float, ...]]] = {
    Feature.HR_EXCESS: ((5.25, 10.25, 20.25), (2.0, -5.0, -15.0, -45.0)),
    Feature.HR_DEFICIT: ((10.25,), (1.0, -10.0)),
    Feature.RHR_RISE: ((3.75, 7.75), (1.0, -10.0, -30.0)),
    Feature.SP_DROP: ((2.25, 4.25), (1.0, -15.0, -45.0)),
    Feature.ODI3_60: ((5.5,), (0.0, -5.0)),
}


def small_model() -> Model:
    """A model whose every table falls; a typical person scores 95."""
    tables = tuple(Table(name.value, *_STEPS[name], typical=0.0) for name in FEATURES)
    return signed(
        Model(
            format=FORMAT,
            id="",
            created="2026-11-01T00:00:00Z",
            data_kind="simulated",
            feature_version=FEATURE_VERSION,
            base=90.0,
            tables=tables,
            monotone=(-1,) * len(FEATURES),
            training_ranges={name.value: (0.0, 60.0) for name in FEATURES},
            metrics={"held_out": {"model_mae": 3.0}},
            training={"seed": "0"},
            versions={"scikit-learn": "0"},
        )
    )


def signed(model: Model) -> Model:
    """The model with the id of its content."""
    return replace(model, id=digest(model))


def moment(rate: float = 65, oxygen: float = 98) -> Moment:
    """A moment at noon, at rest, with all that an answer needs but features."""
    trust = Trust(
        worn=True,
        rate_share=1.0,
        oxygen_share=1.0,
        rate_age=10.0,
        oxygen_age=10.0,
        resumed=None,
        nights=14,
        nights_ready=None,
    )
    return Moment(datetime(2026, 11, 2, 12, tzinfo=UTC), trust, rate, oxygen)
