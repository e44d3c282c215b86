"""What keeps the house in order: environment, lock, checks. Standard library only, no part of the product."""
