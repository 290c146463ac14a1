"""Qmatic Orchestra through its Calendar Public Appointment API."""
