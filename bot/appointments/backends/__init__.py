"""The calendars: our own, and the systems that municipalities already have."""
