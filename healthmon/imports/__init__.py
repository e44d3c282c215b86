"""Files of events that others wrote, read as they are."""
