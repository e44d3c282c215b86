"""What the recorder looks after beside the readings, one care a file; `Cares` asks each in its turn."""
