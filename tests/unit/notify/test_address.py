"""Nothing of an address is ever shown: neither by ourselves nor in the words of a server."""

import pytest

from healthmon.notify.address import masked, reference, scheme, without_secrets

MAIL = "mailto://kowalska:s3kr%40t@example.org?to=anna@example.net,ben@example.com&from=home@example.org"
BOT = "tgram://123456789:abcdefg_hijklmnop/12315544/"
NTFY = "ntfys://marias-secret-topic?priority=max"
HOOK = "jsons://hooks.example.org/services/T0000/B1111?+X-Token=verysecret"
SECRETS = {
    MAIL: ["s3kr@t", "s3kr%40t", "kowalska", "anna@example.net", "ben@example.com", "home@example.org"],
    BOT: ["123456789:abcdefg_hijklmnop", "abcdefg_hijklmnop", "12315544"],
    NTFY: ["marias-secret-topic"],
    HOOK: ["hooks.example.org", "T0000", "B1111", "verysecret"],
}


@pytest.mark.parametrize("address", SECRETS)
def test_an_address_is_shown_as_its_kind_and_nothing_else(address: str) -> None:
    assert masked(address) == f"{scheme(address)}://***"


@pytest.mark.parametrize("place", ["env:ANNA_URL", "keyring:anna-phone"])
def test_the_name_of_a_place_is_no_secret(place: str) -> None:
    assert (masked(place), reference(place)) == (place, tuple(place.split(":")))


@pytest.mark.parametrize("address", SECRETS)
def test_what_a_server_repeats_of_an_address_is_hidden(address: str) -> None:
    said = " and ".join([address, *SECRETS[address], *(one.upper() for one in SECRETS[address])])

    shown = without_secrets(f"535 5.7.8 no such user: {said}", address)

    assert "535 5.7.8 no such user" in shown
    assert [one for one in SECRETS[address] if one.lower() in shown.lower()] == []


def test_a_server_s_words_are_plain_and_bounded() -> None:
    shown = without_secrets("no\r\nway\u202e " + "x" * 5_000, "json://h/p")

    assert (len(shown), "\n" in shown, "\u202e" in shown) == (300, False, False)


def test_what_is_no_url_is_hidden_all_the_same() -> None:
    assert "secret" not in without_secrets("bad [secret-token]", "json://[secret-token")
