"""What a scenario plants: what the hidden bodies do, and sentences that devices say as they are."""
