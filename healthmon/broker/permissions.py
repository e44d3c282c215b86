"""This is the place for what each role may say and hear, in the broker's own words.

The broker is NATS: it turns a topic into a subject, level by level, `/` into `.`, a `.` into `//`, an empty
level into `/`, `+` into `*` and `#` into `>`; `a/#` also needs `a` itself. `*` and `>` inside a topic are
not escaped, which is why only names that `is_name` allows become part of a permission. Since 2.12.3 the
subjects below `$MQTT.` that sessions need are implied (nats-server pull request 7637), and a client may still
not publish or subscribe to them by name: tests/integration/broker/ tries.
"""

from healthmon.broker.accounts import Account, Role
from healthmon.events.topics import ROOT, device_event, device_status, monitor_topic, person_event

Permission = dict[str, dict[str, list[str]]]

_EVERYTHING = ">"


def permissions(account: Account, home: str) -> Permission:
    """The permissions of one account; whatever is not allowed is denied."""
    match account.role:
        case Role.RECORDER:
            own = [f"{ROOT}/{home}/{_EVERYTHING}", f"{ROOT}/{home}"]
            return _permission(say=own, hear=[*own, f"{ROOT}/{home}"])  # a/# needs a itself
        case Role.DEVICE:
            return _permission(say=[device_event(home, account.name), device_status(home, account.name)])
        case Role.CARER:
            told = [monitor_topic(home, _EVERYTHING), f"{ROOT}/{home}/monitor"]
            return _permission(say=[person_event(home, account.name)], hear=told)
        case Role.GATEWAY:
            any_device = [device_event(home, "*"), device_status(home, "*")]
            return _permission(
                say=any_device, never=[f"{ROOT}/{home}/monitor/*", f"{ROOT}/{home}/caregiver/*"]
            )


def subject(topic: str) -> str:
    """The subject of a topic made of our own names: levels without dots, none empty."""
    return topic.replace("/", ".")


def topic_of(subject_: str) -> str:
    """The topic that the broker's log means by a subject."""
    levels = ["" if level == "/" else level for level in subject_.split(".")]
    return "/".join(levels).replace("//", ".")


def _permission(
    *, say: list[str], hear: list[str] | None = None, never: list[str] | None = None
) -> Permission:
    silent = {"deny": [_EVERYTHING]}
    return {
        "publish": {"allow": list(map(subject, say)), "deny": list(map(subject, never or []))},
        "subscribe": {"allow": list(map(subject, hear))} if hear else silent,
    }
