"""`healthmon pair`: an account for a device, and what to type into it."""

from collections.abc import Sequence

from healthmon.cli.options import add_data, parser, settings_of


def run(words: Sequence[str]) -> int:
    """Make the account if there is none, and show it; a recorder that runs takes it in within a second."""
    made = parser(
        "pair",
        "An account for a device of your own: address, password, topic, an example. Twice shows it again.",
        "healthmon pair watch-7",
    )
    made.add_argument("name", metavar="NAME", help="the device's name: letters, digits, - _ and :")
    add_data(made)
    args = made.parse_args(words)
    from healthmon.app.pairing import pair

    paired = pair(settings_of(args), args.name)
    print(f"address    {paired.address}  (MQTT 3.1.1, this machine only)")
    print(f"user       {args.name}")
    print(f"password   {paired.password}")
    print(f"topic      {paired.topic}  (QoS 1)")
    print(f"status     {paired.status}  (online; offline as last will, both retained)")
    print(f"example    {paired.example}")
    return 0
