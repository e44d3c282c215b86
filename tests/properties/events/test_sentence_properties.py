"""Whatever can be said can be heard again."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from healthmon.events import Event, Json, Thing
from healthmon.events.sentence import SentenceError, Spoken, hear, say


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


_words = st.text(min_size=1, max_size=12).filter(_encodes)
_things = st.builds(Thing, _words, st.one_of(st.just(""), _words))
_scalars: st.SearchStrategy[Json] = st.one_of(
    st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), _words
)
_contexts = st.dictionaries(
    st.one_of(st.sampled_from(["value", "unit", "person", "quality"]), _words),
    st.one_of(_scalars, st.lists(_scalars, max_size=2)),
    max_size=4,
)


@given(_things, _words, _things, _contexts)
def test_what_is_said_is_heard(subject: Thing, verb: str, thing: Thing, context: dict[str, Json]) -> None:
    time = datetime(2026, 11, 22, 4, tzinfo=UTC)
    event = Event(id="x", time=time, subject=subject, verb=verb, object=thing, context=context)

    heard = hear(say(event))

    assert (heard.subject, heard.verb, heard.object, heard.at) == (subject, verb, thing, time)
    assert heard.context == context


@given(st.text(max_size=60))
def test_any_text_is_a_sentence_or_refused(text: str) -> None:
    assert isinstance(_heard_or_refused(text), Spoken | SentenceError)


def _heard_or_refused(text: str) -> Spoken | SentenceError:
    try:
        return hear(text)
    except SentenceError as refusal:
        return refusal
