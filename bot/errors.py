"""The root of every error that Wegwijs raises on purpose."""


class BotError(Exception):
    """Base of our own errors; each room derives one class per thing a caller does differently."""


class ConfigurationError(BotError):
    """A setting is missing or wrong; the message says which one and what it should be."""
