"""A model is checked for everything its promises rest on, and refused, never raised, when it breaks one."""

from dataclasses import replace
from pathlib import Path

import pytest

from healthmon.advice.tables import MOST_BYTES, Model, ModelFault, Refused, Table, read_model, write_model
from tests.unit.advice.models import signed, small_model

MODEL = small_model()


def _refused(payload: bytes | None) -> ModelFault:
    answer = read_model(payload)
    assert isinstance(answer, Refused)
    return answer.fault


def _with_first(table: Table) -> Model:
    return signed(replace(MODEL, tables=(table, *MODEL.tables[1:])))


def test_what_is_written_is_read() -> None:
    assert read_model(write_model(MODEL)) == MODEL


def test_a_threshold_belongs_to_the_step_below_it() -> None:
    table = MODEL.tables[0]

    assert (table.value(5.25), table.value(5.5)) == (2.0, -5.0)


def test_contributions_add_up_to_the_score() -> None:
    features = (12.0, 0.0, 4.0, 3.0, 0.0)

    total = MODEL.typical_score + sum(MODEL.contributions(features))

    assert total == pytest.approx(MODEL.score(features))


def test_a_missing_file_is_refused() -> None:
    assert _refused(None) is ModelFault.MISSING


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    assert _refused(b"[" * (MOST_BYTES + 1)) is ModelFault.TOO_LARGE


@pytest.mark.parametrize("payload", [b"", b"null", b"{}", b"\xff\xfe", b"[" * 5000, b'{"format": 1}'])
def test_what_is_no_model_is_refused(payload: bytes) -> None:
    assert _refused(payload) is ModelFault.NOT_A_MODEL


def test_another_format_is_refused() -> None:
    assert _refused(write_model(replace(MODEL, format="healthmon-advice-9"))) is ModelFault.FORMAT


def test_other_features_are_refused() -> None:
    assert _refused(write_model(replace(MODEL, feature_version=99))) is ModelFault.FEATURES


def test_features_in_another_order_are_refused() -> None:
    assert _refused(write_model(replace(MODEL, tables=MODEL.tables[::-1]))) is ModelFault.FEATURES


def test_steps_out_of_order_are_refused() -> None:
    table = Table("hr_excess", (9.0, 5.0), (2.0, 1.0, 0.0), 0.0)

    assert _refused(write_model(_with_first(table))) is ModelFault.TABLES


def test_a_value_too_few_is_refused() -> None:
    table = Table("hr_excess", (5.0,), (2.0,), 0.0)

    assert _refused(write_model(_with_first(table))) is ModelFault.TABLES


def test_a_table_that_praises_trouble_is_refused() -> None:
    table = Table("hr_excess", (5.0, 9.0), (2.0, 1.0, 1.5), 0.0)

    assert _refused(write_model(_with_first(table))) is ModelFault.NOT_MONOTONE


def test_a_missing_training_range_is_refused() -> None:
    assert _refused(write_model(signed(replace(MODEL, training_ranges={})))) is ModelFault.TABLES


def test_an_infinite_number_is_refused() -> None:
    payload = write_model(MODEL).replace(b'"base":90.0', b'"base":1e999')

    assert _refused(payload) in {ModelFault.NOT_FINITE, ModelFault.NOT_A_MODEL}


def test_a_changed_number_is_refused() -> None:
    payload = write_model(MODEL).replace(b"-45.0", b"-44.0", 1)

    assert _refused(payload) is ModelFault.HASH


def test_a_cut_file_is_refused_wherever_it_is_cut() -> None:
    payload = write_model(MODEL).rstrip()

    answers = {type(read_model(payload[:end])) for end in range(0, len(payload), 7)}

    assert answers == {Refused}


def test_a_feature_far_beyond_its_training_is_a_stranger() -> None:
    assert MODEL.strangers((66.5, 0.0, 0.0, 66.0, 0.0)) == ("hr_excess",)


def test_the_shipped_model_is_good_small_and_has_its_card() -> None:
    folder = Path(__file__).parents[3] / "resources" / "model"
    payload = (folder / "advice.json").read_bytes()

    model = read_model(payload)

    assert isinstance(model, Model)
    assert len(payload) < 100_000
    assert model.data_kind == "simulated"
    assert model.id in (folder / "card.md").read_text()
