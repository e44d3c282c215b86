"""What the log comes to: figures made in one pass."""
