"""This is the place for addresses: what they look like, and how they are told without telling them.

An address is an Apprise URL (`mailto://...`, `ntfy://...`, `tgram://...`, `json://...`), or the name of a
place that holds one: `env:NAME` or `keyring:NAME`. Whatever stands behind the `://` may be a secret: the host
of an ntfy URL is its topic, that of a Telegram URL the bot's token. So nothing of it is ever shown.
"""

import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from healthmon.events.plain_text import made_plain

ENVIRONMENT: Final = "env"
LONGEST: Final = 2_000  # letters of one address; our choice
_REFERENCE: Final = re.compile(r"(env|keyring):([A-Za-z0-9_.@-]{1,128})")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,31})://.")
_HIDDEN: Final = "***"
_SHORTEST_HIDDEN: Final = 3  # letters: hiding shorter ones would leave no word of an answer readable


def reference(address: str) -> tuple[str, str] | None:
    """Where an address is kept, and under which name: ("env", "ANNA_URL"); None when it is one itself."""
    found = _REFERENCE.fullmatch(address)
    return None if found is None else (found[1], found[2])


def scheme(address: str) -> str:
    """The kind of an address: `mailto`, `ntfy`, `env`; nothing when it has none."""
    kept = reference(address)
    if kept is not None:
        return kept[0]
    found = _SCHEME.match(address)
    return "" if found is None else found[1].lower()


def masked(address: str) -> str:
    """An address as it may be shown: the place where it is kept, or its kind and nothing else."""
    return address if reference(address) is not None else f"{scheme(address) or '?'}://{_HIDDEN}"


def without_secrets(text: str, address: str, *, longest: int = 300) -> str:
    """What a server said, plain and bounded, without any part of the address it was reached by."""
    for part in sorted(_parts(address), key=len, reverse=True):
        text = re.sub(re.escape(part), _HIDDEN, text, flags=re.IGNORECASE)
    return made_plain(" ".join(text.split()), longest=longest)


def _parts(address: str) -> set[str]:
    """Everything of an address that is somebody's: whole, decoded, and in its pieces."""
    try:
        split = urlsplit(address)
        values = [value for _, value in parse_qsl(split.query, keep_blank_values=True)]
    except ValueError:  # no URL after all: hide it all
        return set(re.findall(r"\w{3,}", address)) | {address}
    whole = [address, split.netloc, split.path, split.query, split.fragment, *values]
    whole += re.split(r"[/@:,]", split.netloc + "/" + split.path)
    whole += [piece for value in values for piece in re.split(r"[\s,;/@<>]", value)]
    return {part for one in whole for part in (one, unquote(one)) if _is_hidden(part)}


def _is_hidden(part: str) -> bool:
    return len(part) >= _SHORTEST_HIDDEN and any(letter.isalnum() for letter in part)
