"""Appointments: book, move and cancel, on our own calendar or on the one that is there."""
