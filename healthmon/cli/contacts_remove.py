"""`healthmon contacts remove`: somebody who is not called any more."""

from collections.abc import Sequence

from healthmon.cli.options import add_data, home_to_be_of, parser


def run(words: Sequence[str]) -> int:
    """Take them out; 0 when they were there."""
    made = parser("contacts remove", "Somebody, with all their addresses.", "healthmon contacts remove anna")
    made.add_argument("name", metavar="NAME")
    add_data(made)
    args = made.parse_args(words)
    from healthmon.notify.contacts import ContactsFile

    gone = ContactsFile(home_to_be_of(args).data_folder).remove(args.name)
    print(f"{gone.id} is not called any more")
    return 0
