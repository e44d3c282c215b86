"""`healthmon contacts list`: everybody who is called, in their order."""

from collections.abc import Sequence

from healthmon.cli.options import add_data, home_to_be_of, parser


def run(words: Sequence[str]) -> int:
    """Print a line for each; 0 also when there is nobody."""
    made = parser(
        "contacts list", "Everybody, in the order in which they are called.", "healthmon contacts list"
    )
    made.add_argument("--json", action="store_true", help="one JSON object a line")
    add_data(made)
    args = made.parse_args(words)
    from healthmon.events import wire
    from healthmon.notify.address import masked
    from healthmon.notify.contacts import ContactsFile

    contacts = ContactsFile(home_to_be_of(args).data_folder).read()
    for contact in contacts:
        reach = [masked(address) for address in contact.reach]
        if args.json:
            print(wire.write({"id": contact.id, "name": contact.name, "reach": reach}).decode())
        else:
            print(f"{contact.id:<12} {contact.name:<20} {', '.join(reach)}")
    if not contacts and not args.json:
        print("nobody is called when an alarm is not answered; healthmon contacts add NAME - adds somebody")
    return 0
