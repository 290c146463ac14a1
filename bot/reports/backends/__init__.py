"""Systems that reports are passed on to."""
