"""What an alarm asks of people: who answered, what sounds, who is called next, as one pure rule (`Calls`)."""
