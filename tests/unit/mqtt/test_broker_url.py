"""One URL names a broker; its password is never seen again."""

from pathlib import Path

import pytest

from healthmon.mqtt import BrokerUrl, MqttError, MqttReason


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("mqtt://broker", BrokerUrl(host="broker")),
        ("mqtt://broker:1884/", BrokerUrl(host="broker", port=1884)),
        ("mqtts://broker", BrokerUrl(host="broker", port=8883, secure=True)),
        ("mqtt://maria:s%40f%2Fe@broker", BrokerUrl(host="broker", username="maria", password="s@f/e")),
        ("mqtt://maria@[::1]:1883", BrokerUrl(host="::1", username="maria")),
        (
            "mqtts://broker?ca=/etc/home.pem&cert=/c.pem&key=/k.pem",
            BrokerUrl(
                host="broker",
                port=8883,
                secure=True,
                ca=Path("/etc/home.pem"),
                cert=Path("/c.pem"),
                key=Path("/k.pem"),
            ),
        ),
    ],
)
def test_a_url_names_a_broker(text: str, url: BrokerUrl) -> None:
    assert BrokerUrl.parse(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "broker:1883",
        "http://broker",
        "mqtt://",
        "mqtt://:1883",
        "mqtt://broker:port",
        "mqtt://broker:99999",
        "mqtt://broker/topic",
        "mqtt://maria:hunter2/x@broker",
        "mqtt://:hunter2@broker",
        "mqtt://[::1",
        "mqtt://broker?ca=/x.pem",
        "mqtts://broker?cert=/x.pem",
        "mqtts://broker?color=red",
        "mqtts://broker?ca=",
    ],
)
def test_a_text_that_names_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(MqttError, match=r"mqtt://user:password@host:1883") as refused:
        BrokerUrl.parse(text)

    assert refused.value.reason is MqttReason.BAD_URL
    assert "hunter2" not in str(refused.value)


def test_the_password_is_not_shown() -> None:
    url = BrokerUrl.parse("mqtt://maria:hunter2@broker")

    assert "hunter2" not in f"{url} {url!r}"
    assert str(url) == "mqtt://maria@broker:1883"


def test_a_shown_url_names_the_same_broker() -> None:
    url = BrokerUrl.parse("mqtts://a%20b@[::1]:1")

    assert BrokerUrl.parse(str(url)) == url
