"""Decides whether a citizen is helped online, by telephone or in person."""
