"""More trouble never scores better, and no bytes are ever more than refused."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from healthmon.advice.caps import Profile, cap_for
from healthmon.advice.moment import FEATURES
from healthmon.advice.tables import Model, Refused, Table, read_model, write_model
from tests.unit.advice.models import moment, signed, small_model

_numbers = st.floats(-1e6, 1e6, allow_nan=False)
_amounts = st.floats(0, 200, allow_nan=False)
_rows = st.tuples(*[_amounts] * len(FEATURES))


@st.composite
def _tables(draw: st.DrawFn, name: str) -> Table:
    thresholds = sorted(draw(st.sets(_amounts, max_size=12)))
    values = sorted(draw(st.lists(_numbers, min_size=len(thresholds) + 1, max_size=len(thresholds) + 1)))
    return Table(name, tuple(thresholds), tuple(reversed(values)), draw(_amounts))


@st.composite
def _models(draw: st.DrawFn) -> Model:
    tables = tuple(draw(_tables(name.value)) for name in FEATURES)
    return signed(replace(small_model(), base=draw(_numbers), tables=tables))


@given(_models())
def test_every_falling_model_is_accepted_and_read_as_it_was(model: Model) -> None:
    assert read_model(write_model(model)) == model


@given(_models(), _rows, st.integers(0, len(FEATURES) - 1), _amounts)
def test_more_of_a_feature_never_scores_better(
    model: Model, row: tuple[float, ...], place: int, more: float
) -> None:
    worse = (*row[:place], row[place] + more, *row[place + 1 :])

    assert model.score(worse) <= model.score(row)


@given(_models(), _rows)
def test_a_score_is_between_0_and_100(model: Model, row: tuple[float, ...]) -> None:
    assert 0 <= model.score(row) <= 100


@given(_models(), st.data())
def test_a_table_that_rises_anywhere_is_refused(model: Model, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(FEATURES) - 1))
    table = model.tables[place]
    rising = replace(
        table, thresholds=(*table.thresholds, 300.0), values=(*table.values, table.values[-1] + 1)
    )
    tables = (*model.tables[:place], rising, *model.tables[place + 1 :])

    assert isinstance(read_model(write_model(replace(model, tables=tables))), Refused)


@given(st.binary(max_size=300))
def test_no_bytes_are_more_than_refused(payload: bytes) -> None:
    assert isinstance(read_model(payload), Refused)


@given(st.integers(0, 5_000), st.integers(0, 255))
def test_a_model_with_a_changed_byte_is_refused_or_the_same(place: int, byte: int) -> None:
    payload = bytearray(write_model(small_model()))
    payload[place % len(payload)] = byte

    answer = read_model(bytes(payload))

    assert isinstance(answer, Refused) or answer == small_model()


@given(st.floats(25, 230), st.floats(50, 100), st.floats(0, 50), st.sampled_from(list(Profile)))
def test_less_oxygen_never_lifts_a_cap(rate: float, oxygen: float, less: float, profile: Profile) -> None:
    lower = cap_for(moment(rate, oxygen - less), profile)

    assert lower.limit <= cap_for(moment(rate, oxygen), profile).limit
