"""Whatever the code can say has words, and the words promise nothing they must not."""

import re
from pathlib import Path

import pytest

from healthmon.advice.abstain import Why
from healthmon.advice.caps import Level
from healthmon.advice.catalogue import CatalogueError, CatalogueReason, read_catalogue
from healthmon.advice.moment import Feature
from healthmon.advice.opinion import Advice

FILE = Path(__file__).parents[3] / "resources" / "advice" / "en.toml"
CATALOGUE = read_catalogue(FILE.read_bytes())
ALL_WORDS = [
    *(f"{words.headline} {words.text} {words.why} {words.action}" for words in CATALOGUE.advice.values()),
    *(f"{words.text} {words.as_usual}" for words in CATALOGUE.reasons.values()),
    *(words.text for words in CATALOGUE.missing.values()),
]
FORBIDDEN = (
    r"\b(safe|healthy|normal\w*|disease|illness|infection|covid|flu|apnoea|copd|asthma|arrhythmia|fibrillation|"
    r"tachycardia|bradycardia|hypox\w+|diagnos\w+|coffee|caffeine|because of|caused by)\b"
)


def test_every_advice_has_its_words() -> None:
    assert set(CATALOGUE.advice) == {advice.value for advice in Advice}


def test_every_reason_has_its_words() -> None:
    assert set(CATALOGUE.reasons) == {*Feature, *Level}


def test_every_silence_has_its_words() -> None:
    assert set(CATALOGUE.missing) == {why.value for why in Why}


@pytest.mark.parametrize("words", ALL_WORDS)
def test_no_word_promises_health_or_names_an_illness_or_a_cause(words: str) -> None:
    assert not re.search(FORBIDDEN, words, re.IGNORECASE)


@pytest.mark.parametrize("words", ALL_WORDS)
def test_only_known_places_are_left_to_fill_in(words: str) -> None:
    known = {"name", "observed", "usual", "difference", "nights", "needed", "expected"}

    assert set(re.findall(r"{(\w*)}", words)) <= known


def test_nobody_claims_a_review_that_did_not_happen() -> None:
    assert {words.reviewed_by for words in CATALOGUE.advice.values()} == {""}


def test_every_advice_says_where_its_limits_come_from() -> None:
    assert all(words.source for words in CATALOGUE.advice.values())


def test_the_chart_of_the_caps_is_cited() -> None:
    assert "Royal College of Physicians" in CATALOGUE.advice["out-oxygen-level"].source


@pytest.mark.parametrize("payload", [b"\xff", b"a = ", b"[[advice]"])
def test_what_is_no_toml_is_named(payload: bytes) -> None:
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(payload)

    assert caught.value.reason is CatalogueReason.NOT_TOML


def test_a_missing_field_is_named() -> None:
    broken = FILE.read_bytes().replace(b'headline = "Usual for {name}"', b"")

    with pytest.raises(CatalogueError, match="headline"):
        read_catalogue(broken)
