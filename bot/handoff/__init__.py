"""Brings in a person and keeps what was promised."""
