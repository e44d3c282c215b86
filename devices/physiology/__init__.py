"""One body: how heart rate and oxygen follow the hour, sleep, movement, coffee, illness and strain."""
