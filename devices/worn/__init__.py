"""A watch as it is really worn: day and night, every few seconds, with all that goes wrong at a wrist."""
