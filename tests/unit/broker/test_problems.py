"""What the broker's log means for a person."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthmon.broker import Problem, ProblemKind
from healthmon.broker.log_tail import LogTail
from healthmon.broker.problems import ProblemBook, read_line

NOW = datetime(2026, 11, 22, 7, 0, 5, tzinfo=UTC)


def line(said: str, *, client: str = "zigbee", at: str = "07:00:03.784380", level: str = "ERR") -> str:
    return f'[9047] 2026/11/22 {at} [{level}] 127.0.0.1:57938 - mid:57 - "{client}" - {said}'


def problem(said: str) -> Problem:
    found = read_line(line(said))
    assert found is not None
    return found


# Lines as nats-server 2.15.1 wrote them.
@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ("character not supported for MQTT topics", ProblemKind.WHITE_SPACE, "rename"),
        (r'invalid utf8 for topic "a\xffb"', ProblemKind.NOT_TEXT, "rename"),
        ("maximum payload exceeded: 17825829 vs 16777216", ProblemKind.TOO_LARGE, "17825829"),
        (
            'Publish Violation - Subject "healthmon.home.watch-8.event"',
            ProblemKind.NOT_PERMITTED,
            "healthmon/home/watch-8/event",
        ),
        ('Subscription Violation - Subject ">", SID >', ProblemKind.NOT_PERMITTED, "account"),
        ("unacceptable protocol version of 5", ProblemKind.OTHER_PROTOCOL, "3.1.1"),
        (
            "JetStream failed a pipelined QoS1/2 operation (pi=9): insufficient resources (10023); closing",
            ProblemKind.STORE_FULL,
            "free disk",
        ),
        ("Slow Consumer Detected: WriteDeadline of 10s exceeded", ProblemKind.SLOW, "slowly"),
        ("something never seen before", ProblemKind.OTHER, "never seen before"),
    ],
)
def test_each_line_of_trouble_has_a_kind_and_a_cure(said: str, kind: ProblemKind, words: str) -> None:
    found = problem(said)

    assert found.kind is kind
    assert words in found.cure


def test_a_problem_names_the_client_and_when() -> None:
    found = problem("character not supported for MQTT topics")

    assert found.client == "zigbee"
    assert '"zigbee"' in found.cure
    assert found.last == datetime(2026, 11, 22, 7, 0, 3, 784380, tzinfo=UTC)


def test_a_wrong_password_names_the_account_that_was_tried() -> None:
    assert problem('authentication error - User "watch-7"').client == "watch-7"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no line of the log",
        "[9047] 2026/11/22 07:00:03.784380 [INF] Server is ready",
        "[9047] 2026/11/22 07:00:03.784380 [WRN] Plaintext passwords detected, use nkeys or bcrypt",
        line("unable to connect: authentication error"),
    ],
)
def test_ordinary_lines_are_no_problems(text: str) -> None:
    assert read_line(text) is None


def test_the_recorders_secret_session_name_is_not_shown() -> None:
    found = read_line(line("trouble", client="recorder-0123456789abcdef"))

    assert found is not None
    assert found.client == "recorder"


def test_what_a_client_calls_itself_cannot_add_lines_or_break_out() -> None:
    found = read_line(
        line("character not supported for MQTT topics", client=r"x\n[1] \"fake\" " + "\u202e" * 300)
    )

    assert found is not None
    assert found.client.isprintable()
    assert len(found.client) <= 200


def test_a_client_that_tries_again_and_again_is_one_problem_with_a_count() -> None:
    book = ProblemBook()
    book.read([line("character not supported for MQTT topics", at=f"07:00:0{n}.000000") for n in range(4)])

    (only,) = book.recent(NOW)

    assert (only.count, only.first.second, only.last.second) == (4, 0, 3)


def test_a_device_that_comes_back_is_no_news_but_two_that_fight_are() -> None:
    book = ProblemBook()
    replaced = line('Replacing old client "127.0.0.1:1 - mid:1 - \\"x\\"" since both...', level="WRN")
    book.read([replaced])

    before = book.recent(NOW)
    book.read([replaced, replaced])

    assert before == []
    assert [one.kind for one in book.recent(NOW)] == [ProblemKind.SAME_CLIENT_ID]


def test_an_old_problem_is_forgotten() -> None:
    book = ProblemBook(memory=timedelta(minutes=10))
    book.read([line("character not supported for MQTT topics")])

    assert book.recent(NOW + timedelta(minutes=11)) == []


def test_a_flood_of_different_problems_stays_bounded() -> None:
    book = ProblemBook()
    book.read(line(f'Publish Violation - Subject "a.{n}"') for n in range(1000))

    assert len(book.recent(NOW)) == 20


def test_the_tail_gives_each_whole_line_once(tmp_path: Path) -> None:
    path = tmp_path / "server.log"
    tail = LogTail(path)
    before = tail.lines()
    path.write_text("one\ntw")
    first = tail.lines()
    with path.open("a") as file:
        file.write("o\n")

    assert (before, first, tail.lines(), tail.lines()) == ([], ["one"], ["two"], [])


def test_the_tail_goes_on_with_a_rotated_log(tmp_path: Path) -> None:
    path = tmp_path / "server.log"
    path.write_text("one\n")
    tail = LogTail(path)
    tail.lines()
    path.rename(tmp_path / "server.log.1")
    path.write_text("two\n")

    assert tail.lines() == ["two"]


def test_what_an_earlier_run_wrote_can_be_skipped(tmp_path: Path) -> None:
    path = tmp_path / "server.log"
    path.write_text("one\n")
    tail = LogTail(path)
    tail.skip()

    assert tail.lines() == []
