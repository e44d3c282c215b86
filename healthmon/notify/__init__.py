"""Telling people: whom, how they are reached, in which words, and whether it arrived."""
