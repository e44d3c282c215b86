"""Kills recorder, broker and devices at random, under load, and looks whether anything was lost."""
