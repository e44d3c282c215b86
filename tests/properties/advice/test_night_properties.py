"""Ten ill nights are told, whoever sleeps and however restless their usual nights are (ADVICE section 5)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.advice.nightly import Nightly

_ILL = 10


@settings(max_examples=60)
@given(
    usual=st.integers(42, 95),
    sways=st.lists(st.integers(-2, 2), min_size=14, max_size=35),
    ill=st.lists(st.integers(6, 10), min_size=_ILL, max_size=_ILL),
    missed=st.one_of(st.none(), st.integers(0, _ILL - 1)),
)
def test_ten_nights_of_eight_more_are_told_and_do_not_become_usual(
    usual: int, sways: list[int], ill: list[int], missed: int | None
) -> None:
    home = Nightly()
    for sway in sways:
        home.sleep(usual + sway, every=12)
    home.said.clear()
    told = 0
    for night, rise in enumerate(ill):
        if night == missed:
            home.skip()
            continue
        home.sleep(usual + 8 + (rise - 8) // 2, every=12)
        told += bool(home.said)
    home.sleep(usual, every=12)
    first, last = home.said

    assert told >= 0.75 * (_ILL - (missed is not None))
    assert (first.verb, last.verb, last.context["outcome"]) == ("RAISES", "CLEARS", "recovered")
    assert abs(float(str(last.context["reference"])) - float(str(first.context["reference"]))) <= 0.5


@settings(max_examples=60)
@given(usual=st.integers(42, 95), sways=st.lists(st.integers(-1, 1), min_size=20, max_size=40))
def test_nights_as_usual_are_never_told(usual: int, sways: list[int]) -> None:
    home = Nightly()
    for sway in sways:
        home.sleep(usual + sway, every=12)

    assert home.said == []
